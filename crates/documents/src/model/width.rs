//! Widths of text in characters, and how a table shares its width among its columns.

use super::{Document, Table, plain};

/// Width of a text in full characters: ASCII counts half.
#[must_use]
pub fn em(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// The share of each column in thousandths, summing to 1000: the given widths, or by content, so that short columns stay
/// narrow without breaking and long ones get what is left.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares are between 0 and 1000")]
pub fn share(table: &Table, document: &Document) -> Vec<u32> {
    let weights: Vec<f64> = if table.widths.len() == table.header.len() && table.widths.iter().any(|width| *width > 0) {
        table.widths.iter().map(|width| f64::from((*width).clamp(1, 1000))).collect()
    } else {
        table.header.iter().enumerate().map(|(column, title)| wish(table, document, column, title)).collect()
    };
    let total: f64 = weights.iter().sum();
    let mut shares: Vec<u32> = weights.iter().map(|weight| (weight / total * 1000.0).floor() as u32).collect();
    let rest = 1000_u32.saturating_sub(shares.iter().sum());
    if let Some(widest) = shares.iter_mut().max() {
        *widest += rest;
    }
    shares
}

/// What a column would like: its longest cell up to 14 characters (a little more beyond), at least half its heading.
fn wish(table: &Table, document: &Document, column: usize, title: &str) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| em(&plain(&cell.text, document)));
    let longest = cells.fold(0.0, f64::max);
    let heading = if em(title) <= 4.0 { em(title) } else { (em(title) / 2.0).ceil() };
    let content = if longest <= 14.0 { longest } else { 14.0 + (longest - 14.0).sqrt() };
    heading.max(content) + 1.2
}
