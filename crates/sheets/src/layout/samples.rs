//! What stands below a heading, as evidence for or against a guess.

use crate::rows::date;
use crate::{Column, Kind, Sheet, Value, text};

/// Cells looked at below a heading.
const LOOKED_AT: usize = 20;

/// The first non-blank values in these rows of a column.
pub(super) fn below(sheet: &Sheet, (first, last): (u32, u32), column: u32) -> Vec<&Value> {
    let from = sheet.lines.partition_point(|line| line.number < first);
    let lines = sheet.lines.iter().skip(from).take_while(|line| line.number <= last).take(200);
    lines.map(|line| line.cell(column)).filter(|value| !value.is_blank()).take(LOOKED_AT).collect()
}

/// The share of values that a column of this kind could hold; nothing when the kind takes any text, or none are there.
pub(super) fn share(column: &Column, values: &[&Value]) -> Option<f64> {
    let fits: fn(&Column, &str) -> bool = match column.kind {
        Kind::Date => |_, text| date::looks_like(text),
        Kind::Choice { .. } => |column, text| crate::rows::choice::like(column, text),
        Kind::Integer | Kind::Decimal { .. } => |_, text| text.chars().any(|c| c.is_ascii_digit()),
        Kind::Phone | Kind::IdentityNumber => |_, text| text.chars().filter(char::is_ascii_digit).count() >= 7,
        Kind::YesNo => |_, text| crate::rows::choice::yes_or_no(text).is_some(),
        Kind::Text | Kind::LongText | Kind::Unit | Kind::Person | Kind::Picture => return None,
    };
    let texts: Vec<String> =
        values.iter().map(|value| text::half_width(text::trim(&value.text())).into_owned()).collect();
    let real: Vec<&String> = texts.iter().filter(|text| !crate::rows::is_mark(text)).collect();
    let good = real.iter().filter(|text| fits(column, text)).count();
    (!real.is_empty()).then(|| good as f64 / real.len() as f64)
}
