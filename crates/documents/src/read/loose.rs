//! Numbers that stand outside controls and are neither dates nor numbering: nobody can say where they come from.

use super::story::Paragraph;
use serde::Serialize;

/// A number without a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loose {
    /// The number as written, with its per cent sign.
    pub number: String,
    /// The paragraph that it stands in.
    pub paragraph: String,
}

/// A half-width form of a digit or mark.
pub fn narrow(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{2212}' | '\u{FE63}' => '-',
        '\u{3000}' | '\u{A0}' => ' ',
        _ => letter,
    }
}

/// One number: where its digits begin and end.
struct Found<'a> {
    letters: &'a [char],
    start: usize,
    end: usize,
}

/// The numbers of a paragraph that need a source.
pub fn numbers(paragraph: &Paragraph) -> Vec<Loose> {
    let letters: Vec<char> = paragraph.letters.iter().map(|(letter, _)| narrow(*letter)).collect();
    let shown: String = paragraph.letters.iter().map(|(letter, _)| letter).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let figure = paragraph.letters.get(at).is_some_and(|(_, figure)| *figure);
        if figure || !letters.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
            continue;
        }
        let end = at + extent(letters.get(at..).unwrap_or_default(), paragraph.letters.get(at..).unwrap_or_default());
        let found = Found { letters: &letters, start: at, end };
        let serial = paragraph.serial && letters.iter().all(|letter| letter.is_ascii_digit() || letter.is_whitespace());
        if !serial && !found.dated() && !found.numbering() && !found.named() {
            let percent = letters.get(end) == Some(&'%');
            let number = letters.get(at..end + usize::from(percent)).unwrap_or_default().iter().collect();
            out.push(Loose { number, paragraph: shown.clone() });
        }
        at = end;
    }
    out
}

/// Length of a number: digits, with a point or comma between digits.
fn extent(letters: &[char], kinds: &[(char, bool)]) -> usize {
    let digit = |at: usize| {
        letters.get(at).is_some_and(char::is_ascii_digit) && kinds.get(at).is_some_and(|(_, figure)| !figure)
    };
    let mut end = 0;
    while digit(end) || (matches!(letters.get(end), Some('.' | ',')) && digit(end + 1)) {
        end += 1;
    }
    end
}

impl Found<'_> {
    fn digits(&self) -> String {
        self.letters.get(self.start..self.end).unwrap_or_default().iter().collect()
    }

    fn after(&self) -> String {
        self.letters
            .get(self.end..)
            .unwrap_or_default()
            .iter()
            .take(12)
            .filter(|letter| !letter.is_whitespace())
            .collect()
    }

    fn before(&self) -> String {
        let from = self.start.saturating_sub(12);
        let before: String = self.letters.get(from..self.start).unwrap_or_default().iter().collect();
        before.trim_end().to_owned()
    }

    /// 2026年, 10月, 25日, 12时, 30分 after an hour, 12:30, 2026-10-25, 2026—2027学年.
    fn dated(&self) -> bool {
        let (digits, after, before) = (self.digits(), self.after(), self.before());
        // 「1.11月10日」: the number of an item and a month run together.
        let value: u32 = digits.rsplit('.').next().unwrap_or_default().parse().unwrap_or(u32::MAX);
        let year = digits.len() == 4 && (1900..2200).contains(&value);
        let next = after.chars().next();
        match next {
            Some('年') => year,
            Some('月') => value <= 12,
            Some('日' | '号') => {
                value <= 31
                    && (before.ends_with('月') || before.ends_with(['—', '-', '至', '、']) || next == Some('日'))
            }
            Some('时') => value <= 24,
            Some('分') => value < 60 && before.ends_with('时'),
            Some(':') => value <= 24 && after.chars().nth(1).is_some_and(|digit| digit.is_ascii_digit()),
            Some('—' | '-' | '–') => {
                (year && after.chars().skip(1).take(2).all(|digit| digit.is_ascii_digit())) || iso_part(&before)
            }
            _ => {
                before.ends_with(':')
                    && digits.len() == 2
                    && before.chars().rev().nth(1).is_some_and(|d| d.is_ascii_digit())
                    || iso_part(&before)
            }
        }
    }

    /// 1. and 1、 and (1) where a sentence begins; 附件2, 第3条, 表1; 〔2026〕5号.
    fn numbering(&self) -> bool {
        let (digits, after, before) = (self.digits(), self.after(), self.before());
        let next = after.chars().next();
        let short = digits.len() <= 3;
        let begins = before.is_empty() || before.ends_with(['。', ';', '!', '?']) || before.ends_with("附件:");
        let bracketed = before.ends_with('(') && next == Some(')');
        let named =
            ["附件", "附表", "附图", "见表", "见图", "如表", "如图", "第"].iter().any(|word| before.ends_with(word));
        let number_of_document = before.ends_with('〔') || before.ends_with('〕') && next == Some('号');
        short && begins && (matches!(next, Some('.' | ')')) || before.is_empty() && next == Some('、'))
            || short && bracketed
            || named && !digits.contains('.')
            || number_of_document
            || (short || digits.contains('.')) && begins && self.item_before_month()
    }

    /// 「1.5月」 at the beginning of a sentence is item 1 about May.
    fn item_before_month(&self) -> bool {
        self.digits().contains('.') && self.after().starts_with('月')
    }

    /// Part of a name: GB/T 9704-2012, A4, PM2.5; a standard's year.
    fn named(&self) -> bool {
        let before = self.before();
        let letter = before.chars().next_back().is_some_and(|letter| letter.is_ascii_alphabetic());
        let year_of_standard = before.ends_with(['-', '—'])
            && self.digits().len() == 4
            && before
                .trim_end_matches(|l: char| l.is_ascii_digit() || matches!(l, '-' | '—' | '.' | ' '))
                .ends_with(|l: char| l.is_ascii_alphabetic());
        letter || year_of_standard
    }
}

/// 「2026-」, 「2026-10-」 or 「2026—」 stand before.
fn iso_part(before: &str) -> bool {
    let Some(rest) = before.strip_suffix(['-', '/', '—', '–']) else { return false };
    let digits: String = rest.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.len() == 4
        || digits.len() <= 2
            && !digits.is_empty()
            && rest.trim_end_matches(|l: char| l.is_ascii_digit()).ends_with(['-', '/'])
}
