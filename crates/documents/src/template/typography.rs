//! Chinese punctuation: half-width marks that an author typed between Chinese words become full-width.

use crate::model::Inline;

/// One character of a line and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Typed in the template.
    Own(char),
    /// From the data; never changed.
    Data(char),
    /// A figure.
    Figure(u32),
}

impl Letter {
    fn shape(self) -> char {
        match self {
            Self::Own(letter) | Self::Data(letter) => letter,
            Self::Figure(_) => '0',
        }
    }
}

/// Whether a character is Chinese, or punctuation that goes with Chinese.
fn chinese(letter: char) -> bool {
    letter >= '\u{2E80}' || matches!(letter, '\u{2014}' | '\u{2018}'..='\u{201D}' | '\u{2026}' | '\u{00B7}')
}

fn wide(mark: char) -> Option<char> {
    Some(match mark {
        ',' => '\u{FF0C}',
        ':' => '\u{FF1A}',
        ';' => '\u{FF1B}',
        '?' => '\u{FF1F}',
        '!' => '\u{FF01}',
        '(' => '\u{FF08}',
        ')' => '\u{FF09}',
        _ => return None,
    })
}

/// Words of the template that are no line of their own: captions, titles of charts, footers of tables.
#[must_use]
pub fn words(text: &str) -> String {
    let letters: Vec<Letter> = super::marks::clean(text).chars().map(Letter::Own).collect();
    let inlines = set(&letters);
    inlines.iter().map(|inline| if let Inline::Text(text) = inline { text.as_str() } else { "" }).collect()
}

/// The line as inlines, its own half-width punctuation next to Chinese made full-width; brackets go in pairs.
#[must_use]
pub fn set(line: &[Letter]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    let mut before: Option<char> = None;
    let mut widened = false;
    for (at, letter) in line.iter().enumerate() {
        let after = line.get(at + 1).map(|next| next.shape());
        let shape = match *letter {
            Letter::Figure(number) => {
                out.push(Inline::Figure(number));
                (before, widened) = (Some('0'), false);
                continue;
            }
            Letter::Data(letter) => letter,
            Letter::Own(' ') if widened => continue,
            // Two spaces keep their width in every format only as one full-width space.
            Letter::Own(' ') if after == Some(' ') => {
                widened = true;
                '\u{3000}'
            }
            Letter::Own(mark) => {
                let beside = before.is_some_and(chinese) || after.is_some_and(chinese);
                let digits = before.is_some_and(|l| l.is_ascii_digit()) && after.is_some_and(|l| l.is_ascii_digit());
                let widen = if mark == ')' { open.pop().unwrap_or(beside) } else { beside && !digits };
                if mark == '(' {
                    open.push(widen);
                }
                let set = wide(mark).filter(|_| widen);
                widened = set.is_some();
                set.unwrap_or(mark)
            }
        };
        before = Some(shape);
        match out.last_mut() {
            Some(Inline::Text(text)) => text.push(shape),
            _ => out.push(Inline::Text(shape.to_string())),
        }
    }
    out
}
