//! Rows in, bytes out: print-ready ledgers, CSV, blank templates to fill.

mod filled;
mod formats;
mod ledger;
mod plain;
mod template;
mod width;

pub use filled::{Filling, fill};
pub(crate) use ledger::tab;
pub use ledger::{ledger, ledger_watched};
pub use plain::csv;
pub use template::template;

use crate::rows::Cell;
use crate::{Column, Kind};
use std::borrow::Cow;
use yanpan_kernel::problem::{Problem, WORKBOOK_UNWRITABLE};

/// What stands around a printed ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Line above the table; the target's title when empty.
    pub title: String,
    /// 填报单位.
    pub unit: Option<String>,
    /// 填报时间, already worded.
    pub date: Option<String>,
    /// Keys of the columns that are summed in a 合计 line.
    pub totals: Vec<String>,
    /// Lines to sign below the table: label and name, for example (填报人, 李敏); an empty name leaves room.
    pub signatures: Vec<(String, String)>,
    /// Whether rows are numbered in a first column 序号.
    pub numbered: bool,
}

/// A row to write: one value for each column of the target, in its order.
pub type Record = Vec<Option<Cell>>;

/// «Cannot be written», with the writer's reason.
fn unwritable(error: &rust_xlsxwriter::XlsxError) -> Problem {
    Problem::new(&WORKBOOK_UNWRITABLE, &[("reason", error)])
}

/// «Cannot be written», with this reason.
fn unwritable_for(reason: &str) -> Problem {
    Problem::new(&WORKBOOK_UNWRITABLE, &[("reason", &reason)])
}

/// The text of a value in a column: options by their titles.
fn shown<'a>(column: &'a Column, cell: &'a Cell) -> Cow<'a, str> {
    match (cell, &column.kind) {
        (Cell::Choice(value), Kind::Choice { options }) => {
            let option = options.iter().find(|option| option.value == *value);
            Cow::Borrowed(option.map_or(value.as_str(), |option| option.title.as_str()))
        }
        (Cell::Text(text) | Cell::Choice(text) | Cell::Phone(text) | Cell::Identity(text), _) => Cow::Borrowed(text),
        (Cell::Unit(name) | Cell::Person(name), _) => Cow::Borrowed(&name.text),
        (other, _) => Cow::Owned(other.to_string()),
    }
}

/// Whether a spreadsheet might take a text for a formula when it is typed or imported (CWE-1236).
#[must_use]
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '＠'])
}

#[cfg(test)]
mod tests;
