//! A table of text cells from a CSV or Excel file, with the place of each cell kept for messages.

mod delimited;
mod workbook;

use std::path::Path;
use yanpan_kernel::problem::{
    COLUMN_DOUBLED, COLUMN_MISSING, FILE_UNREADABLE, NOT_A_NUMBER, Place, Problem, ROW_TOO_LONG, TABLE_EMPTY,
};

/// A header row and data rows, all of the header's width.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// File as the user named it.
    pub file: String,
    /// Worksheet, where the file has any.
    pub sheet: Option<String>,
    /// Column names, trimmed.
    pub header: Vec<String>,
    /// Sheet rows, cells trimmed.
    pub rows: Vec<Vec<String>>,
    /// Row of the file, counted from 1 as an editor counts, of each data row.
    pub lines: Vec<u32>,
}

/// One line of a file before it is checked against the header: its number from 1 and its cells.
type Line = (u32, Vec<String>);

impl Table {
    /// Reads a CSV file (UTF-8 or GB18030; comma, tab or semicolon) or the first sheet of an Excel file.
    ///
    /// # Errors
    /// As [`Table::read_sheet`].
    pub fn read(path: &Path) -> Result<Self, Problem> {
        Self::read_sheet(path, None)
    }

    /// Reads a CSV file, or the named (else the first) sheet of an `.xlsx`, `.xls`, `.xlsb` or `.ods` file.
    ///
    /// # Errors
    /// One problem when the file cannot be read, has no data row, repeats a heading, or has a row longer than the header.
    pub fn read_sheet(path: &Path, sheet: Option<&str>) -> Result<Self, Problem> {
        let file = path.display().to_string();
        let bytes = std::fs::read(path)
            .map_err(|error| Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &reason_of(&error))]))?;
        Self::parse(&file, &bytes, sheet)
    }

    /// Reads the bytes of a file; Excel files are told from text by their first bytes.
    ///
    /// # Errors
    /// As [`Table::read_sheet`].
    pub fn parse(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Self, Problem> {
        let unreadable = |reason: String| Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &reason)]);
        let excel = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
        let (name, lines) = if excel {
            workbook::lines(bytes, sheet).map(|(name, lines)| (Some(name), lines)).map_err(unreadable)?
        } else {
            (None, delimited::lines(bytes).map_err(unreadable)?)
        };
        Self::assemble(Self { file: file.to_owned(), sheet: name, ..Self::default() }, lines)
    }

    /// Position of a named column.
    ///
    /// # Errors
    /// `COLUMN_MISSING`, placed in the file.
    pub fn column(&self, name: &str) -> Result<usize, Problem> {
        self.header
            .iter()
            .position(|heading| heading == name)
            .ok_or_else(|| Problem::new(&COLUMN_MISSING, &[("column", &name)]).at(self.whole()))
    }

    /// Place of the table as a whole.
    #[must_use]
    pub fn whole(&self) -> Place {
        Place { file: Some(self.file.clone()), sheet: self.sheet.clone(), ..Place::default() }
    }

    /// Place of a data cell, counted as an editor counts lines.
    #[must_use]
    pub fn place(&self, row: usize, column: usize) -> Place {
        Place { row: self.lines.get(row).copied(), column: self.header.get(column).cloned(), ..self.whole() }
    }

    /// Text of a cell; empty when there is none.
    #[must_use]
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// A cell as a finite number; `NA` and an empty cell are `None`.
    ///
    /// # Errors
    /// `NOT_A_NUMBER` at the cell, also for `NaN` and infinities.
    pub fn number(&self, row: usize, column: usize) -> Result<Option<f64>, Problem> {
        let text = self.text(row, column);
        if text.is_empty() || text == "NA" {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(Problem::new(&NOT_A_NUMBER, &[("value", &text)]).at(self.place(row, column))),
        }
    }

    /// A cell as a finite number or a fraction such as `1/3`; every cell must hold one.
    ///
    /// # Errors
    /// `NOT_A_NUMBER` at the cell, also when it is empty.
    pub fn ratio(&self, row: usize, column: usize) -> Result<f64, Problem> {
        let text = self.text(row, column);
        let parsed = match text.split_once('/') {
            Some((above, below)) => {
                above.trim().parse::<f64>().ok().zip(below.trim().parse::<f64>().ok()).map(|(a, b)| a / b)
            }
            None => text.parse().ok(),
        };
        match parsed {
            Some(number) if number.is_finite() => Ok(number),
            _ => Err(Problem::new(&NOT_A_NUMBER, &[("value", &text)]).at(self.place(row, column))),
        }
    }

    fn assemble(mut self, lines: Vec<Line>) -> Result<Self, Problem> {
        let mut lines = lines.into_iter();
        self.header = lines.next().map(|(_, cells)| cells).unwrap_or_default();
        while self.header.last().is_some_and(String::is_empty) {
            self.header.pop();
        }
        for (position, heading) in self.header.iter().enumerate() {
            if !heading.is_empty() && self.header.iter().take(position).any(|earlier| earlier == heading) {
                return Err(Problem::new(&COLUMN_DOUBLED, &[("column", heading)]).at(self.whole()));
            }
        }
        let width = self.header.len();
        for (line, mut cells) in lines {
            if cells.iter().skip(width).any(|cell| !cell.is_empty()) {
                let place = Place { row: Some(line), ..self.whole() };
                return Err(Problem::new(&ROW_TOO_LONG, &[("cells", &cells.len()), ("width", &width)]).at(place));
            }
            cells.resize(width, String::new());
            self.rows.push(cells);
            self.lines.push(line);
        }
        if self.rows.is_empty() {
            return Err(Problem::new(&TABLE_EMPTY, &[("file", &self.file)]).at(self.whole()));
        }
        Ok(self)
    }
}

/// Why a file could not be read, in the user's words.
pub(crate) fn reason_of(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取的权限".to_owned(),
        std::io::ErrorKind::IsADirectory => "这是一个文件夹".to_owned(),
        _ => error.to_string(),
    }
}
