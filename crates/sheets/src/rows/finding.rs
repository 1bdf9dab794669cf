//! What is wrong or doubtful in a cell, with the correction that may be applied to all alike.

use serde::Serialize;
use std::sync::Arc;
use yanpan_kernel::problem::Problem;

/// How heavy a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The row is not accepted.
    Wrong,
    /// The row is accepted; someone should look.
    Doubt,
}

/// One thing about one cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What and where.
    #[serde(flatten)]
    pub problem: Problem,
    /// Whether it keeps the row out.
    pub weight: Weight,
    /// Key of the column.
    pub key: Arc<str>,
    /// Column in the sheet, from 1; 0 when the column is absent.
    #[serde(rename = "column_number")]
    pub column: u32,
    /// The cell's text as found: with `key` it names all cells alike.
    pub found: String,
    /// What to write instead, when it can be guessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}
