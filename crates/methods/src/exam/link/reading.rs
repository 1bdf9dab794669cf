//! Reading a table of parameters: one line per item and parameter.

use super::item;
use crate::table::Table;
use std::path::Path;
use yanpan_kernel::problem::{METHOD_REFUSED, NOT_A_NUMBER, Problem};
use yanpan_statistics::exams::irt::Item;

/// An item and its name.
pub struct Named {
    /// Name.
    pub name: String,
    /// Parameters.
    pub item: Item,
}

/// Reads `item,par,est`.
///
/// # Errors
/// Missing columns, estimates that are no numbers, items whose parameters make no model.
pub fn read(path: &Path) -> Result<Vec<Named>, Vec<Problem>> {
    let table = Table::read(path).map_err(|problem| vec![problem])?;
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
            Some(one) => one.parameters.push(line),
            None => found.push(Found { name: text(name), row, parameters: vec![line] }),
        }
    }
    let mut items = Vec::new();
    for one in found {
        match item(&one.parameters) {
            Some(item) => items.push(Named { name: one.name, item }),
            None => {
                let reason = "这道题的参数凑不成一个模型:要有 a1 和 d,或 a1 和 d1、d2…";
                problems.push(Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(table.place(one.row, name)));
            }
        }
    }
    if problems.is_empty() { Ok(items) } else { Err(problems) }
}

struct Found {
    name: String,
    row: usize,
    parameters: Vec<(String, f64)>,
}
