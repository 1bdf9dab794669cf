//! `--delays`: the latest counts completed by what is still to be reported.

use super::counts::Panel;
use crate::table::Table;
use std::path::Path;
use yanpan_kernel::problem::{METHOD_REFUSED, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::detection::Extra;
use yanpan_statistics::detection::calendar::{nowcast, reported_shares};

/// What the counts were before they were completed.
#[derive(Debug, Clone, Default)]
pub(super) struct Reported {
    /// Counts as reported, a column per unit.
    columns: Vec<Vec<f64>>,
    /// Share known, a row each.
    shares: Vec<f64>,
}

impl Reported {
    /// The columns `reported` and `share` for the rows judged of a unit.
    pub fn extras(&self, unit: usize, rows: impl Iterator<Item = usize> + Clone) -> [Extra; 2] {
        let column = self.columns.get(unit).map_or(&[][..], Vec::as_slice);
        let take = |values: &[f64]| rows.clone().map(|row| values.get(row).copied().unwrap_or(f64::NAN)).collect();
        [Extra { name: "reported", values: take(column) }, Extra { name: "share", values: take(&self.shares) }]
    }
}

/// Reads the triangle `t,0,1,2,…` (how many of a day's cases were reported after so many days; NA where not yet known) and
/// completes the latest counts of every unit: each becomes what is reported plus the expected remainder, rounded.
///
/// # Errors
/// Unreadable cells, negative numbers, a triangle in which no day is complete.
pub(super) fn complete(path: &Path, panel: &mut Panel) -> Result<Reported, Vec<Problem>> {
    let table = Table::read(path).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut triangle = Vec::new();
    for row in 0..table.rows.len() {
        let mut cells = Vec::new();
        for column in 1..table.header.len() {
            match table.number(row, column) {
                Ok(Some(value)) if value < 0.0 => {
                    let problem = Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &value), ("reason", &"不能为负")]);
                    problems.push(problem.at(table.place(row, column)));
                }
                Ok(value) => cells.push(value.unwrap_or(f64::NAN)),
                Err(problem) => problems.push(problem),
            }
        }
        triangle.push(cells);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if !triangle.iter().any(|row| row.len() > 1 && row.iter().all(|y| !y.is_nan())) {
        let reason = "报告延迟三角里没有一天是报全的,估不出各延迟的比例";
        return Err(vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(table.whole())]);
    }
    let known = reported_shares(&triangle);
    let rows = panel.grid.times.len();
    let share = |row: usize| known.get(rows - 1 - row).copied().unwrap_or(1.0);
    let reported = Reported { columns: panel.grid.columns.clone(), shares: (0..rows).map(share).collect() };
    for column in &mut panel.grid.columns {
        for (count, share) in column.iter_mut().zip(&reported.shares).filter(|(_, share)| **share < 1.0) {
            let (sure, remainder) = nowcast(*count, *share);
            *count = (sure + remainder.mean()).round();
        }
    }
    Ok(reported)
}
