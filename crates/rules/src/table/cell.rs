//! Cells of decision tables: the short way of writing a condition on one column.

use crate::expression::Expression;
use crate::fault::Fault;

const COMPARISONS: [&str; 6] = ["<=", ">=", "==", "!=", "<", ">"];

/// The condition that a cell puts on its column: nothing for an empty cell or `-`, `column >= 37.3` for `>= 37.3`,
/// `column in ['低', '中']` for `'低', '中'`, `column == null` for `null`, and `(column >= a) && (column <= b)` for `a .. b`.
///
/// # Errors
/// The faults of the condition, with their columns counted in the cell.
pub fn cell(column: &str, cell: &str) -> Result<Option<Expression>, Vec<Fault>> {
    let trimmed = cell.trim();
    let indent = cell.len() - cell.trim_start().len();
    if matches!(trimmed, "" | "-" | "—") {
        return Ok(None);
    }
    if let Some((low, high)) = trimmed.split_once("..").filter(|_| !trimmed.starts_with(['\'', '"'])) {
        let (low, high) = (low.trim(), high.trim());
        // Each end is read alone first, so that its faults are placed in the cell.
        for end in [low, high] {
            let offset = cell.find(end).unwrap_or_default();
            Expression::parse(end).map_err(|faults| moved(faults, 0, characters(cell, offset)))?;
        }
        return Expression::parse(&format!("{column} >= ({low}) && {column} <= ({high})")).map(Some);
    }
    let (before, after) = if COMPARISONS.iter().any(|comparison| trimmed.starts_with(comparison)) {
        (format!("{column} "), "")
    } else if trimmed == "null" {
        (format!("{column} == "), "")
    } else {
        (format!("{column} in ["), "]")
    };
    Expression::parse(&format!("{before}{trimmed}{after}"))
        .map(Some)
        .map_err(|faults| moved(faults, before.chars().count(), characters(cell, indent)))
}

fn characters(text: &str, bytes: usize) -> usize {
    text.get(..bytes).unwrap_or_default().chars().count()
}

fn moved(faults: Vec<Fault>, left: usize, right: usize) -> Vec<Fault> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    faults
        .into_iter()
        .map(|fault| match fault.line {
            1 => Fault { column: (fault.column.saturating_sub(number(left)) + number(right)).max(1), ..fault },
            _ => fault,
        })
        .collect()
}
