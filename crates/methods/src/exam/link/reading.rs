//! Reading a table of parameters: one line per item and parameter.

use super::item;
use crate::results::{self, Sheet};
use std::path::Path;
use yanpan_kernel::problem::{METHOD_REFUSED, NOT_A_NUMBER, Place, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::exams::irt::Item;

/// An item and its name.
pub struct Named {
    /// Name.
    pub name: String,
    /// Parameters.
    pub item: Item,
    /// Where it begins.
    pub place: Place,
}

/// The items of a paper and the file they came from.
pub struct Paper {
    /// Items in the order of the file.
    pub items: Vec<Named>,
    /// The file.
    pub whole: Place,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Reads `item,par,est`.
///
/// # Errors
/// Missing columns, estimates that are no numbers, items whose parameters make no model.
pub fn read(path: &Path) -> Result<Paper, Vec<Problem>> {
    let Sheet { table, sha256 } = results::read(path, None)?;
    let columns = ["item", "par", "est"].map(|name| table.column(name));
    let missing: Vec<Problem> = columns.iter().filter_map(|column| column.as_ref().err().cloned()).collect();
    let [Ok(name), Ok(parameter), Ok(estimate)] = columns else { return Err(missing) };
    let mut found: Vec<Found> = Vec::new();
    let mut problems = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let text = |column: usize| cells.get(column).cloned().unwrap_or_default();
        let value = match table.number(row, estimate) {
            Ok(Some(value)) if value.is_finite() => value,
            Ok(_) => {
                let problem = Problem::new(&NOT_A_NUMBER, &[("value", &text(estimate))]);
                problems.push(problem.at(table.place(row, estimate)));
                continue;
            }
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let line = (text(parameter), value);
        match found.iter_mut().find(|one| one.name == text(name)) {
            Some(one) if one.parameters.iter().any(|(name, _)| *name == line.0) => {
                let values: &[(&str, &dyn std::fmt::Display)] =
                    &[("value", &line.0), ("reason", &"这道题的这个参数出现了两次")];
                problems.push(Problem::new(&VALUE_OUT_OF_RANGE, values).at(table.place(row, parameter)));
            }
            Some(one) => one.parameters.push(line),
            None => found.push(Found { name: text(name), row, parameters: vec![line] }),
        }
    }
    let mut items = Vec::new();
    for one in found {
        match item(&one.parameters) {
            Some(item) => items.push(Named { name: one.name, item, place: table.place(one.row, name) }),
            None => {
                let reason = "这道题的参数凑不成一个模型:要有 a1 和 d,或 a1 和 d1、d2…";
                problems.push(Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(table.place(one.row, name)));
            }
        }
    }
    if problems.is_empty() { Ok(Paper { items, whole: table.whole(), sha256 }) } else { Err(problems) }
}

struct Found {
    name: String,
    row: usize,
    parameters: Vec<(String, f64)>,
}
