//! A table of text cells from a CSV or xlsx file, with the place of each cell kept for messages.

use std::path::Path;
use yanpan_kernel::problem::{COLUMN_MISSING, FILE_UNREADABLE, NOT_A_NUMBER, Place, Problem, TABLE_EMPTY};

/// A header row and data rows, all of the header's width.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// File as the user named it.
    pub file: String,
    /// Column names, trimmed.
    pub header: Vec<String>,
    /// Data rows; `rows[i]` is line `i + 2` of the file.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a CSV file (UTF-8, with or without a byte-order mark).
    ///
    /// # Errors
    /// One problem when the file cannot be read or has no data row.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let file = path.display().to_string();
        let unreadable = |reason: String| Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &reason)]);
        let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let header: Vec<String> =
            reader.headers().map_err(|error| unreadable(error.to_string()))?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(error.to_string()))?;
            let mut row: Vec<String> = record.iter().map(str::to_owned).collect();
            row.resize(header.len(), String::new());
            rows.push(row);
        }
        if rows.is_empty() {
            return Err(Problem::new(&TABLE_EMPTY, &[("file", &file)]));
        }
        Ok(Self { file, header, rows })
    }

    /// Position of a named column.
    ///
    /// # Errors
    /// `COLUMN_MISSING`, placed in the file.
    pub fn column(&self, name: &str) -> Result<usize, Problem> {
        self.header.iter().position(|heading| heading == name).ok_or_else(|| {
            Problem::new(&COLUMN_MISSING, &[("column", &name)])
                .at(Place { file: Some(self.file.clone()), ..Place::default() })
        })
    }

    /// Place of a data cell, counted as an editor counts lines.
    #[must_use]
    pub fn place(&self, row: usize, column: usize) -> Place {
        Place {
            file: Some(self.file.clone()),
            row: u32::try_from(row + 2).ok(),
            column: self.header.get(column).cloned(),
            ..Place::default()
        }
    }

    /// A cell as a number; `NA` and an empty cell are `None`.
    ///
    /// # Errors
    /// `NOT_A_NUMBER` at the cell.
    pub fn number(&self, row: usize, column: usize) -> Result<Option<f64>, Problem> {
        let text = self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str);
        if text.is_empty() || text == "NA" {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| Problem::new(&NOT_A_NUMBER, &[("value", &text)]).at(self.place(row, column)))
    }
}
