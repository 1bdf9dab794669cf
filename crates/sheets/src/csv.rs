//! Plain tables from delimited text: for data that programs write, not people.

use crate::read;
use crate::{Limits, text};
use yanpan_kernel::problem::{ENCODING_UNKNOWN, Place, Problem, ROWS_TOO_MANY, TABLE_EMPTY, WORKBOOK_CORRUPT};

/// A table of texts with one heading line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Headings, trimmed.
    pub headings: Vec<String>,
    /// Rows as wide as the headings, with the line on which each begins, from 1.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// The index of a heading.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|known| known == heading)
    }
}

/// Reads comma-, tab- or semicolon-separated text in UTF-8, UTF-16 or GB18030 whose first line is the heading.
///
/// # Errors
/// One [`Problem`] at the file: unknown encoding, no heading, too many rows, or a broken record.
pub fn table(bytes: &[u8], name: &str, limits: &Limits) -> Result<Table, Problem> {
    let at = |line: Option<u32>| Place { file: Some(name.to_owned()), line, ..Place::default() };
    let text = read::decode(bytes).ok_or_else(|| Problem::new(&ENCODING_UNKNOWN, &[("file", &name)]).at(at(None)))?;
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(read::delimiter(&text))
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let broken = |_| Problem::new(&WORKBOOK_CORRUPT, &[("file", &name), ("reason", &"有一行读不出来")]).at(at(None));
    let headings: Vec<String> =
        reader.headers().map_err(broken)?.iter().map(|heading| text::trim(heading).to_owned()).collect();
    if headings.iter().all(String::is_empty) {
        return Err(Problem::new(&TABLE_EMPTY, &[("file", &name)]).at(at(None)));
    }
    let mut table = Table { headings, rows: Vec::new() };
    for record in reader.into_records() {
        let record = record.map_err(broken)?;
        if table.rows.len() >= limits.rows as usize {
            return Err(Problem::new(&ROWS_TOO_MANY, &[("limit", &limits.rows)]).at(at(None)));
        }
        let mut row: Vec<String> = record.iter().map(str::to_owned).collect();
        if row.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        row.resize(table.headings.len(), String::new());
        table.rows.push((record.position().map_or(0, ::csv::Position::line), row));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    //! Plain tables.
    use super::*;

    #[test]
    fn rows_are_as_wide_as_the_headings_and_know_their_line() {
        let table =
            table("\u{FEFF}date, n\n2026-10-08,3,9\n\n2026-10-09\n".as_bytes(), "t.csv", &Limits::default()).unwrap();
        assert_eq!(table.column("n"), Some(1));
        assert_eq!(table.rows[0], (2, vec!["2026-10-08".into(), "3".into()]));
        assert_eq!(table.rows[1].1, ["2026-10-09", ""]);
    }

    #[test]
    fn an_empty_file_is_refused() {
        assert_eq!(table(b"\n\n", "t.csv", &Limits::default()).unwrap_err().slug, "table-empty");
    }
}
