//! Numbers of headings: 一、 (一) 1. (1), counted per level and begun anew under each higher one.

use super::Level;

/// Counts headings while a writer walks the blocks.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    counts: [u32; 4],
}

impl Numbering {
    /// The mark of the next heading of this level.
    pub fn next(&mut self, level: Level) -> String {
        let depth = match level {
            Level::First => 0,
            Level::Second => 1,
            Level::Third => 2,
            Level::Fourth => 3,
        };
        let mut number = 0;
        for (at, count) in self.counts.iter_mut().enumerate() {
            if at == depth {
                *count += 1;
                number = *count;
            } else if at > depth {
                *count = 0;
            }
        }
        match level {
            Level::First => format!("{}、", chinese(number)),
            Level::Second => format!("\u{ff08}{}\u{ff09}", chinese(number)),
            Level::Third => format!("{number}."),
            Level::Fourth => format!("\u{ff08}{number}\u{ff09}"),
        }
    }
}

/// A number from 0 to 99 in Chinese as headings use it (十、十一、二十); beyond that in digits.
#[must_use]
pub fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: u32| usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default();
    match number {
        0..=9 => digit(number).to_owned(),
        10..=99 => {
            let tens = if number < 20 { "" } else { digit(number / 10) };
            let ones = if number.is_multiple_of(10) { "" } else { digit(number % 10) };
            format!("{tens}十{ones}")
        }
        _ => number.to_string(),
    }
}
