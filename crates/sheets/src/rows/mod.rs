//! Checked rows of a table: values by key, and a finding for every cell that is wrong or doubtful.

mod cell;
pub(crate) mod choice;
pub(crate) mod date;
mod finding;
pub mod identity;
mod iterate;
pub(crate) mod number;
mod phone;
mod skip;
mod value;

pub use finding::{Finding, Weight};
pub use iterate::Rows;
pub use skip::Skipped;
pub(crate) use skip::is_footer;
pub use value::{Cell, Decimal, Named};

use crate::layout::{Anchor, Found};
use crate::names::Resolver;
use crate::{Target, Watch, Workbook};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One row that was read.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Sheet name.
    pub sheet: Arc<str>,
    /// Row in the sheet, from 1.
    pub row: u32,
    /// Whether the row was hidden.
    pub hidden: bool,
    /// Values by column key; empty cells are absent.
    pub values: BTreeMap<Arc<str>, Cell>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// Remarks found beside values, by key: 「见图」 from 「已整改(见图)」.
    pub remarks: BTreeMap<Arc<str>, String>,
    /// Comments on cells, by key; those on other columns under their letters.
    pub comments: BTreeMap<Arc<str>, String>,
    /// Pictures of the row: (column key if bound, index into the sheet's pictures).
    pub pictures: Vec<(Option<Arc<str>>, usize)>,
    /// Cells that took their value from above (同上, merges): (column from 1, text). A row taken out alone needs them.
    pub carried: Vec<(u32, String)>,
    /// Where the unit was said, when the row has no column for it.
    pub standing: Option<Standing>,
}

/// Where the unit of a row without such a column was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Above the table.
    Above,
    /// In a row of its own between the records.
    Row(u32),
}

impl Row {
    /// Whether nothing is wrong; doubts do not count.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.findings.iter().all(|finding| finding.weight == Weight::Doubt)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Cell> {
        self.values.get(key)
    }
}

/// How rows are to be read.
#[derive(Clone, Copy, Default)]
pub struct Reading<'a> {
    /// Looks up units and people; without it names stay text.
    pub resolver: Option<&'a dyn Resolver>,
    /// What days without a year are read against; overrides the table's context.
    pub anchor: Option<Anchor>,
    /// Replacements agreed upon: (key, text as found) → text to read instead, applied to all alike.
    pub corrections: Option<&'a Corrections>,
    /// Progress in rows, and cancellation.
    pub watch: Watch<'a>,
}

/// Corrections that the user accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// For all cells alike: column key → text as found → text to read instead.
    pub alike: BTreeMap<String, BTreeMap<String, String>>,
    /// For one cell: (sheet, row from 1, column key) → text to read instead; it wins over those alike.
    pub cells: BTreeMap<(String, u32, String), String>,
}

impl Corrections {
    /// Adds a correction of all cells alike.
    pub fn add(&mut self, key: impl Into<String>, found: impl Into<String>, instead: impl Into<String>) {
        self.alike.entry(key.into()).or_default().insert(found.into(), instead.into());
    }

    pub(crate) fn of(&self, key: &str, found: &str) -> Option<&str> {
        self.alike.get(key)?.get(found).map(String::as_str)
    }

    pub(crate) fn of_cell(&self, sheet: &str, row: u32, key: &str) -> Option<&str> {
        if self.cells.is_empty() {
            return None;
        }
        self.cells.get(&(sheet.to_owned(), row, key.to_owned())).map(String::as_str)
    }
}

/// Reads the rows of a table one by one; what was skipped is counted in [`Rows::skipped`].
#[must_use]
pub fn read<'a>(workbook: &'a Workbook, found: &'a Found, target: &'a Target, reading: Reading<'a>) -> Rows<'a> {
    Rows::new(workbook, found, target, reading)
}

/// Whether a cell says «nothing here» or «as above» rather than holding a value.
pub(crate) fn is_mark(text: &str) -> bool {
    is_nothing(text) || is_ditto(text) || text == "无"
}

/// 「/」 and dashes: nothing to enter here.
pub(crate) fn is_nothing(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '/' | '／' | '\\' | '-' | '—' | '–' | '－' | '―'))
}

/// 「同上」, 「〃」 and their like.
pub(crate) fn is_ditto(text: &str) -> bool {
    matches!(text, "同上" | "同前" | "〃" | "″" | "\"" | "''" | "〞" | "“" | "”" | "''''" | "同上。" | "..")
}

#[cfg(test)]
mod tests;
