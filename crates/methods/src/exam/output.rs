//! Writing tables and summaries: numbers in the shortest form that reads back to the same value.

use crate::results::{print, write_file};
use serde_json::Value;
use std::path::Path;
use yanpan_kernel::problem::Problem;

/// A CSV under construction.
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// A sheet with these columns.
    #[must_use]
    pub fn new<T: AsRef<str>>(columns: &[T]) -> Self {
        let mut sheet = Self { text: String::new() };
        sheet.row(columns.iter().map(|column| text(column.as_ref())));
        sheet
    }

    /// Adds one row of finished cells (see [`number`] and [`text`]).
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.text.push_str(&cell);
        }
        self.text.push('\n');
    }

    /// Writes to `path`, or to standard output when there is none and `show` holds.
    ///
    /// # Errors
    /// One problem when the file cannot be written.
    pub fn write(&self, path: Option<&Path>, show: bool) -> Result<(), Vec<Problem>> {
        match path {
            Some(path) => write_file(path, self.text.as_bytes()),
            None => {
                if show {
                    print(self.text.as_bytes());
                }
                Ok(())
            }
        }
    }
}

/// A number as a cell; empty when absent or not finite.
#[must_use]
pub fn number(value: impl Into<Option<f64>>) -> String {
    match value.into() {
        Some(value) if value.is_finite() => {
            let size = value.abs();
            if size != 0.0 && !(1e-5..1e16).contains(&size) { format!("{value:e}") } else { format!("{value}") }
        }
        _ => String::new(),
    }
}

/// A text as a cell, quoted where needed.
#[must_use]
pub fn text(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// A number for JSON; null when absent or not finite.
#[must_use]
pub fn json(value: impl Into<Option<f64>>) -> Value {
    value.into().and_then(serde_json::Number::from_f64).map_or(Value::Null, Value::Number)
}
