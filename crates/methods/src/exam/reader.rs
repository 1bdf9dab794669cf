//! Reading a table of marks fast: one pass over the bytes, columns of integers, every bad cell at its row and column.

use super::marks::{Cell, Columns, cell};
use crate::cells::IDENTITY;
use crate::results::sha256;
use crate::table::{Table, reason_of};
use std::path::Path;
use yanpan_kernel::problem::{
    COLUMN_DOUBLED, FILE_UNREADABLE, NOT_A_NUMBER, Place, Problem, ROW_RAGGED, TABLE_EMPTY, VALUE_OUT_OF_RANGE,
};

/// Problems listed before the rest is only counted.
const MOST_PROBLEMS: usize = 1000;

/// Which columns are items.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ItemColumns {
    /// 只用这些列,逗号分隔 / Item columns, comma-separated (default: all but identity columns)
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// 不用这些列 / Columns that are not items
    #[arg(long, value_delimiter = ',')]
    pub exclude: Vec<String>,
}

/// Marks as read, before full marks are known.
#[derive(Debug)]
pub struct Marks {
    /// File as the user named it.
    pub file: String,
    /// Item names.
    pub names: Vec<String>,
    /// Cells.
    pub columns: Columns,
    /// Line of each data row, from 1.
    pub lines: Vec<u32>,
    /// SHA-256 of the file, hexadecimal.
    pub hash: String,
}

impl Marks {
    /// Place of a cell by data row and item.
    #[must_use]
    pub fn place(&self, row: usize, column: usize) -> Place {
        Place {
            file: Some(self.file.clone()),
            row: self.lines.get(row).copied(),
            column: self.names.get(column).cloned(),
            ..Place::default()
        }
    }
}

/// Reads the item columns of a CSV or xlsx file.
///
/// # Errors
/// Every bad cell, ragged row, missing or repeated column.
pub fn read(path: &Path, sheet: Option<&str>, choice: &ItemColumns) -> Result<Marks, Vec<Problem>> {
    let file = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &reason_of(&error))])]
    };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let marks = if comma_separated(&bytes) {
        parse(&bytes, &file, choice)?
    } else {
        from_table(&Table::parse(&file, &bytes, sheet).map_err(|problem| vec![problem])?, choice)?
    };
    Ok(Marks { hash: sha256(&bytes), ..marks })
}

/// Whether the bytes are what the fast way reads: UTF-8 with a comma, or one column, in its first line. Workbooks, other
/// encodings and other separators go through [`Table`].
fn comma_separated(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let separated = first.contains(&b',') || !first.iter().any(|byte| matches!(byte, b'\t' | b';'));
    separated && !bytes.starts_with(b"PK\x03\x04") && std::str::from_utf8(bytes).is_ok()
}

/// Reads the item columns of a CSV text; the hash is left empty.
///
/// # Errors
/// As [`read`].
pub fn parse(bytes: &[u8], file: &str, choice: &ItemColumns) -> Result<Marks, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut records = Records { rest: bytes, line: 0 };
    let mut heading = Vec::new();
    records.next(|_, cell| heading.push(String::from_utf8_lossy(cell).into_owned()));
    let mut builder = Builder::new(file, &heading, choice)?;
    while let Some(line) = records.next(|index, bytes| builder.add(index, bytes)) {
        builder.end_row(line);
    }
    builder.finish()
}

fn from_table(table: &Table, choice: &ItemColumns) -> Result<Marks, Vec<Problem>> {
    let mut builder = Builder::new(&table.file, &table.header, choice)?;
    for (row, cells) in table.rows.iter().enumerate() {
        cells.iter().enumerate().for_each(|(index, text)| builder.add(index, text.trim().as_bytes()));
        builder.end_row(table.place(row, 0).row.unwrap_or(0));
    }
    builder.finish()
}

/// Splits bytes into records of trimmed, unquoted cells, counting lines.
struct Records<'a> {
    rest: &'a [u8],
    line: u32,
}

impl Records<'_> {
    /// Hands each cell of the next non-empty record to `visit`; the line it began on, or `None` at the end.
    fn next(&mut self, mut visit: impl FnMut(usize, &[u8])) -> Option<u32> {
        while self.rest.first().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line += u32::from(self.rest.first() == Some(&b'\n'));
            self.rest = self.rest.get(1..).unwrap_or(&[]);
        }
        if self.rest.is_empty() {
            return None;
        }
        let begun = self.line + 1;
        let mut index = 0;
        loop {
            let (end, quoted) = self.field();
            let (field, rest) = self.rest.split_at(end);
            if quoted {
                visit(index, &unquoted(field))
            } else {
                visit(index, field.trim_ascii())
            }
            index += 1;
            let (separator, after) = rest.split_first().map_or((b'\n', rest), |(byte, after)| (*byte, after));
            self.rest = after;
            if separator == b'\n' {
                self.line += 1;
                return Some(begun);
            }
        }
    }

    /// Length of the field that comes next and whether it is quoted.
    fn field(&mut self) -> (usize, bool) {
        let mut inside = false;
        let mut quoted = false;
        for (index, byte) in self.rest.iter().enumerate() {
            match byte {
                b'"' => {
                    inside = !inside;
                    quoted = true;
                }
                b'\n' if inside => self.line += 1,
                b',' | b'\n' if !inside => return (index, quoted),
                _ => {}
            }
        }
        (self.rest.len(), quoted)
    }
}

fn unquoted(field: &[u8]) -> Vec<u8> {
    let field = field.trim_ascii();
    let inner = field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\"")).unwrap_or(field);
    let text = String::from_utf8_lossy(inner).replace("\"\"", "\"");
    text.trim().as_bytes().to_vec()
}

/// Marks under construction.
struct Builder {
    marks: Marks,
    targets: Vec<Option<usize>>,
    seen: usize,
    pending: Vec<(usize, Kind, String)>,
    problems: Vec<Problem>,
    more: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Range,
}

impl Builder {
    fn new(file: &str, heading: &[String], choice: &ItemColumns) -> Result<Self, Vec<Problem>> {
        let (names, targets) = choose(file, heading, choice)?;
        let columns = Columns::new(names.len());
        let marks = Marks { file: file.to_owned(), names, columns, lines: Vec::new(), hash: String::new() };
        Ok(Self { marks, targets, seen: 0, pending: Vec::new(), problems: Vec::new(), more: 0 })
    }

    fn add(&mut self, index: usize, bytes: &[u8]) {
        self.seen = index + 1;
        let Some(column) = self.targets.get(index).copied().flatten() else { return };
        let cell = cell(bytes);
        if !self.marks.columns.push(column, cell) {
            let kind = if matches!(cell, Cell::Text) { Kind::Text } else { Kind::Range };
            self.pending.push((column, kind, String::from_utf8_lossy(bytes).chars().take(40).collect()));
        }
    }

    fn end_row(&mut self, line: u32) {
        self.marks.lines.push(line);
        let row = self.marks.lines.len() - 1;
        for (column, kind, value) in std::mem::take(&mut self.pending) {
            let place = self.marks.place(row, column);
            let reason = "分数是 0 或正数,小数不超过 6 位";
            self.report(match kind {
                Kind::Text => Problem::new(&NOT_A_NUMBER, &[("value", &value)]).at(place),
                Kind::Range => Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &value), ("reason", &reason)]).at(place),
            });
        }
        let expected = self.targets.len();
        if self.seen != expected {
            let place = Place { file: Some(self.marks.file.clone()), row: Some(line), ..Place::default() };
            self.report(Problem::new(&ROW_RAGGED, &[("found", &self.seen), ("expected", &expected)]).at(place));
            // Keep the columns equally long, so that reading can go on to the next problem.
            for column in &mut self.marks.columns.cells {
                column.resize(row + 1, 0);
            }
        }
        self.seen = 0;
    }

    fn report(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS { self.problems.push(problem) } else { self.more += 1 }
    }

    fn finish(mut self) -> Result<Marks, Vec<Problem>> {
        if self.marks.lines.is_empty() {
            self.report(Problem::new(&TABLE_EMPTY, &[("file", &self.marks.file)]));
        }
        if self.problems.is_empty() { Ok(self.marks) } else { Err(self.problems) }
    }
}

type Chosen = (Vec<String>, Vec<Option<usize>>);

fn choose(file: &str, heading: &[String], choice: &ItemColumns) -> Result<Chosen, Vec<Problem>> {
    let place = |name: &str| Place {
        file: Some(file.to_owned()),
        row: Some(1),
        column: Some(name.to_owned()),
        ..Place::default()
    };
    let mut problems = Vec::new();
    for (index, name) in heading.iter().enumerate() {
        if heading.iter().take(index).any(|earlier| earlier == name) {
            problems.push(Problem::new(&COLUMN_DOUBLED, &[("column", name)]).at(place(name)));
        }
    }
    for name in choice.columns.iter().chain(&choice.exclude).filter(|name| !heading.contains(name)) {
        problems.push(Problem::new(&yanpan_kernel::problem::COLUMN_MISSING, &[("column", name)]).at(place(name)));
    }
    let wanted = |name: &String| {
        let listed =
            if choice.columns.is_empty() { !IDENTITY.contains(&name.as_str()) } else { choice.columns.contains(name) };
        listed && !choice.exclude.contains(name)
    };
    let mut names = Vec::new();
    let mut targets = Vec::new();
    for name in heading {
        targets.push(wanted(name).then_some(names.len()));
        if wanted(name) {
            names.push(name.clone());
        }
    }
    if problems.is_empty() { Ok((names, targets)) } else { Err(problems) }
}
