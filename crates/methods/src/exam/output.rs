//! Writing tables and summaries: numbers in the shortest form that reads back to the same value.

use crate::Report;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use yanpan_kernel::problem::{FILE_UNWRITABLE, Problem};

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

    /// Writes to `path`, or to standard output when there is none and `print` holds.
    ///
    /// # Errors
    /// One problem when the file cannot be written.
    pub fn write(&self, path: Option<&Path>, print: bool) -> Result<(), Problem> {
        match path {
            Some(path) => write(path, self.text.as_bytes()),
            None if print => {
                std::io::stdout().write_all(self.text.as_bytes()).map_err(|error| failed("标准输出", &error))
            }
            None => Ok(()),
        }
    }
}

fn failed(file: &str, error: &std::io::Error) -> Problem {
    Problem::new(&FILE_UNWRITABLE, &[("file", &file), ("reason", error)])
}

/// Writes a whole file, making its folder.
///
/// # Errors
/// One problem when the folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let file = path.display().to_string();
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| failed(&file, &error))?;
    }
    std::fs::write(path, bytes).map_err(|error| failed(&file, &error))
}

/// Writes a summary as indented JSON when a path is given.
///
/// # Errors
/// One problem when the file cannot be written.
pub fn write_summary(report: &Report, path: Option<&Path>) -> Result<(), Problem> {
    let Some(path) = path else { return Ok(()) };
    let mut bytes = serde_json::to_vec_pretty(report).unwrap_or_default();
    bytes.push(b'\n');
    write(path, &bytes)
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
