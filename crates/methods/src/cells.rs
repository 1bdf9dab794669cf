//! Columns of a table as numbers and words, every bad cell reported at its place.

use crate::table::Table;
use yanpan_kernel::problem::{PARAMETER_INVALID, Place, Problem, VALUE_MISSING, VALUE_OUT_OF_RANGE};

/// Largest count that a cell may hold; sums of millions of such cells still fit.
const LARGEST: f64 = 1e12;

/// Columns that say whose row it is; they are no items unless they are asked for.
pub(crate) const IDENTITY: [&str; 14] =
    ["row", "id", "ID", "pupil", "student", "name", "序号", "编号", "学号", "考号", "姓名", "班级", "学校", "年级"];

/// Gathers problems while columns are read, so that all of them are told at once.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub problems: Vec<Problem>,
}

impl Findings {
    /// Keeps the value, or the problem.
    pub(crate) fn keep<T>(&mut self, found: Result<T, Problem>) -> Option<T> {
        found.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// `value`, or all problems.
    pub(crate) fn done<T>(self, value: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(value) } else { Err(self.problems) }
    }

    /// All problems, if there are any.
    pub(crate) fn check(&mut self) -> Result<(), Vec<Problem>> {
        if self.problems.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.problems)) }
    }

    /// Words of a column; an empty cell is a problem.
    pub(crate) fn words(&mut self, table: &Table, name: &str) -> Vec<String> {
        let Some(column) = self.keep(table.column(name)) else { return Vec::new() };
        let rows = 0..table.rows.len();
        rows.map(|row| {
            let text = table.text(row, column);
            if text.is_empty() {
                self.problems.push(missing(table, row, column, "需要名称"));
            }
            text.to_owned()
        })
        .collect()
    }

    /// Numbers of a column, `None` where the cell is empty or NA.
    pub(crate) fn numbers(&mut self, table: &Table, name: &str) -> Vec<Option<f64>> {
        let Some(column) = self.keep(table.column(name)) else { return Vec::new() };
        (0..table.rows.len()).map(|row| self.keep(table.number(row, column)).flatten()).collect()
    }

    /// Numbers of a column that must all be there.
    pub(crate) fn full_numbers(&mut self, table: &Table, name: &str) -> Vec<f64> {
        let Some(column) = self.keep(table.column(name)) else { return Vec::new() };
        (0..table.rows.len()).map(|row| self.full_number(table, row, column)).collect()
    }

    fn full_number(&mut self, table: &Table, row: usize, column: usize) -> f64 {
        match self.keep(table.number(row, column)) {
            Some(None) => {
                self.problems.push(missing(table, row, column, "需要数字"));
                0.0
            }
            number => number.flatten().unwrap_or(0.0),
        }
    }

    /// Whole numbers from 0, `None` where the cell is empty or NA.
    pub(crate) fn optional_counts(&mut self, table: &Table, name: &str) -> Vec<Option<u64>> {
        let numbers = self.numbers(table, name);
        numbers.into_iter().enumerate().map(|(row, number)| self.whole(table, (row, name), number?)).collect()
    }

    fn whole(&mut self, table: &Table, (row, name): (usize, &str), number: f64) -> Option<u64> {
        let whole = number >= 0.0 && number.fract() == 0.0 && number <= LARGEST;
        if !whole {
            self.refuse(table, row, name, "应为不小于 0 的整数");
        }
        whole.then_some(number as u64)
    }

    /// Whole numbers from 0; anything else is a problem.
    pub(crate) fn counts(&mut self, table: &Table, name: &str) -> Vec<u64> {
        let numbers = self.full_numbers(table, name);
        let rows = numbers.into_iter().enumerate();
        rows.map(|(row, number)| self.whole(table, (row, name), number).unwrap_or(0)).collect()
    }

    /// Says that a cell's value is out of range.
    pub(crate) fn refuse(&mut self, table: &Table, row: usize, name: &str, reason: &str) {
        if let Ok(column) = table.column(name) {
            self.problems.push(out_of_range(table, (row, column), reason));
        }
    }
}

fn missing(table: &Table, row: usize, column: usize, reason: &str) -> Problem {
    Problem::new(&VALUE_MISSING, &[("reason", &reason)]).at(table.place(row, column))
}

fn out_of_range(table: &Table, (row, column): (usize, usize), reason: &str) -> Problem {
    let value = table.text(row, column);
    Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &value), ("reason", &reason)]).at(table.place(row, column))
}

/// A parameter that must lie strictly between 0 and 1.
pub(crate) fn share(value: f64, name: &str) -> Result<(), Vec<Problem>> {
    if value > 0.0 && value < 1.0 {
        return Ok(());
    }
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("name", &name), ("value", &value), ("reason", &"应在 0 与 1 之间")];
    Err(vec![Problem::new(&PARAMETER_INVALID, values).at(Place::field(name))])
}
