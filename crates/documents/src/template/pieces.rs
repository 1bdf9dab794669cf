//! From a printed line to letters and inlines, and where a table row is cut.

use super::marks::{BLOCK, DATA, DATA_END, END, FIGURE};
use super::typography::{self, Letter};
use crate::model::Inline;

/// The letters of a line without its line marks.
#[must_use]
pub fn letters(line: &str) -> Vec<Letter> {
    let mut out = Vec::with_capacity(line.len());
    let mut data = false;
    let mut rest = line.chars();
    while let Some(letter) = rest.next() {
        match letter {
            DATA => data = true,
            DATA_END => data = false,
            FIGURE => {
                let digits: String = rest.by_ref().take_while(|next| *next != END).collect();
                out.extend(digits.parse().ok().map(Letter::Figure));
            }
            _ if data => out.push(Letter::Data(letter)),
            _ => out.push(Letter::Own(letter)),
        }
    }
    out
}

/// The number of the block, when the line is nothing but one.
#[must_use]
pub fn block(line: &str) -> Option<usize> {
    line.trim().strip_prefix(BLOCK)?.strip_suffix(END)?.parse().ok()
}

/// Letters without the author's spaces at both ends.
#[must_use]
pub fn trim(letters: &[Letter]) -> &[Letter] {
    let space = |letter: &Letter| matches!(letter, Letter::Own(' ' | '\t'));
    let start = letters.iter().position(|letter| !space(letter)).unwrap_or(letters.len());
    let end = letters.iter().rposition(|letter| !space(letter)).map_or(start, |last| last + 1);
    letters.get(start..end).unwrap_or_default()
}

/// The inlines of some letters, spaces at both ends removed and punctuation set.
#[must_use]
pub fn inlines(letters: &[Letter]) -> Vec<Inline> {
    typography::set(trim(letters))
}

/// The cells of a row `| a | b |`; a bar of the data or after a backslash does not cut.
#[must_use]
pub fn cells(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut inner = trim(letters);
    inner = inner.strip_prefix(&[Letter::Own('|')]).unwrap_or(inner);
    inner = inner.strip_suffix(&[Letter::Own('|')]).unwrap_or(inner);
    let mut cells = vec![Vec::new()];
    let mut escaped = false;
    for letter in inner {
        match letter {
            Letter::Own('\\') if !escaped => escaped = true,
            Letter::Own('|') if !escaped => cells.push(Vec::new()),
            _ => {
                escaped = false;
                if let Some(cell) = cells.last_mut() {
                    cell.push(*letter);
                }
            }
        }
    }
    cells
}
