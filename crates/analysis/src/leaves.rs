//! Rows of an indicator as leaves: a unit, a numerator, perhaps a denominator, and the dimensions.

use std::collections::HashMap;
use yanpan_app::ports::{Cell, Leaf, Question, Rows};
use yanpan_kernel::problem::{INDICATOR_FAILED, Problem};

/// The leaves in these rows, in the bureau's order of units, then by dimensions. The columns `unit_id`, `numerator`, the
/// optional `denominator` and one for each dimension are found by name; others are left alone. A row without numerator
/// knows nothing and is no leaf. A dimension without value is the empty text, which no answer is.
///
/// # Errors
/// `INDICATOR_FAILED` names the column that is missing or cannot be read.
pub fn leaves(question: &Question, rows: &Rows, dimensions: &[String]) -> Result<Vec<Leaf>, Problem> {
    let failed = |reason: String| Problem::new(&INDICATOR_FAILED, &[("key", &question.key), ("reason", &reason)]);
    let find = |name: &str| rows.columns.iter().position(|column| column == name);
    let column = |name: &str| find(name).ok_or_else(|| failed(format!("结果里缺少「{name}」列")));
    let (unit, numerator, denominator) = (column("unit_id")?, column("numerator")?, find("denominator"));
    let dimensions = dimensions.iter().map(|name| column(name)).collect::<Result<Vec<_>, _>>()?;
    let wrong = |name: &str, cell: &Cell| failed(format!("「{name}」列的值「{}」不对", shown(cell)));
    let mut leaves = Vec::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let cell = |at: usize| row.get(at).unwrap_or(&Cell::Missing);
        let count = |name: &str, at: usize| whole(cell(at)).ok_or_else(|| wrong(name, cell(at)));
        let id = match cell(unit) {
            Cell::Text(text) => text.parse().ok(),
            _ => None,
        };
        let unit = id.ok_or_else(|| wrong("unit_id", cell(unit)))?;
        let denominator = denominator.map(|at| count("denominator", at)).transpose()?.flatten();
        let Some(numerator) = count("numerator", numerator)? else { continue };
        let dimensions = dimensions.iter().map(|at| shown(cell(*at))).collect();
        leaves.push(Leaf { unit, numerator, denominator, dimensions });
    }
    let rank: HashMap<_, _> = question.tree.all().into_iter().zip(0..).map(|(unit, rank)| (unit.unit, rank)).collect();
    let place = |leaf: &Leaf| (rank.get(&leaf.unit).copied().unwrap_or(usize::MAX), leaf.unit);
    leaves.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.dimensions.cmp(&b.dimensions)));
    Ok(leaves)
}

/// A whole number, `Some(None)` where nothing is known, `None` where it is no whole number.
fn whole(cell: &Cell) -> Option<Option<i64>> {
    match cell {
        Cell::Missing => Some(None),
        Cell::Integer(value) => Some(Some(*value)),
        Cell::Decimal(value, places) => {
            let unit = 10_i128.checked_pow(*places)?;
            (value % unit == 0).then(|| i64::try_from(value / unit).ok()).flatten().map(Some)
        }
        Cell::Text(_) | Cell::Date(_) => None,
    }
}

/// A cell as the text of a dimension.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(value) => value.to_string(),
        Cell::Decimal(value, places) => {
            let width = usize::try_from(*places).unwrap_or_default();
            let digits = format!("{:0>width$}", value.unsigned_abs(), width = width + 1);
            let (whole, fraction) = digits.split_at(digits.len() - width);
            let sign = if *value < 0 { "-" } else { "" };
            if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
        }
        Cell::Date(date) => date.to_string(),
    }
}
