//! Column widths that fit Chinese text: a Chinese character is as wide as two digits.

use super::{Record, shown};
use crate::{Column, Kind, Target};

/// The width of a text in digits.
pub(super) fn of(text: &str) -> f64 {
    let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    text.lines().map(line).fold(0.0, f64::max)
}

/// Least and most width of a kind; longer text is wrapped.
fn bounds(kind: &Kind) -> (f64, f64) {
    match kind {
        Kind::LongText => (20.0, 36.0),
        Kind::Text | Kind::Unit => (10.0, 26.0),
        Kind::Date => (11.0, 12.0),
        Kind::IdentityNumber => (20.0, 20.0),
        Kind::Phone => (13.0, 26.0),
        Kind::Picture => (14.0, 20.0),
        Kind::Choice { .. } | Kind::Person | Kind::Integer | Kind::Decimal { .. } | Kind::YesNo => (7.0, 16.0),
    }
}

/// Widths of all columns, by headings and the first rows.
pub(super) fn columns(target: &Target, first: &[Record]) -> Vec<f64> {
    let width = |(at, column): (usize, &Column)| {
        if let Some(width) = column.width {
            return (width * 2.0).clamp(2.0, 120.0);
        }
        let (least, most) = bounds(&column.kind);
        let values = first.iter().filter_map(|record| record.get(at)?.as_ref());
        let widest = values.map(|cell| of(&shown(column, cell))).fold(0.0, f64::max);
        // A heading may take two lines, a value should take one.
        (widest.max(of(&column.title) / 2.0) + 2.0).clamp(least, most)
    };
    target.columns.iter().enumerate().map(width).collect()
}
