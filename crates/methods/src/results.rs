//! What a command leaves behind: a CSV table, a JSON summary with method, parameters and data hash, and warnings.

use crate::Report;
use crate::table::{Table, reason_of};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};
use yanpan_kernel::problem::{FILE_UNREADABLE, FILE_UNWRITABLE, Problem};

/// Where the data come from.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Source {
    /// 数据文件(CSV 或 Excel)/ Sheet file, CSV or Excel
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,
    /// 工作表名,不写则取第一张 / Worksheet, the first one by default
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// Where the results go.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Destination {
    /// 结果表(CSV);旁边另存同名 .json 摘要。不写则打印到屏幕 / Result table; its summary is written beside it as .json
    #[arg(long, value_name = "OUT.csv")]
    pub output: Option<PathBuf>,
    /// 摘要另存到这里 / Where to write the JSON summary instead
    #[arg(long, value_name = "OUT.json")]
    pub summary: Option<PathBuf>,
}

/// A file that was read: its table and the hash of its bytes.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub table: Table,
    pub sha256: String,
}

impl Source {
    pub(crate) fn read(&self) -> Result<Sheet, Vec<Problem>> {
        read(&self.input, self.sheet.as_deref())
    }
}

/// Reads a table and hashes the file's bytes.
pub(crate) fn read(path: &Path, sheet: Option<&str>) -> Result<Sheet, Vec<Problem>> {
    let table = Table::read_sheet(path, sheet).map_err(|problem| vec![problem])?;
    let bytes = std::fs::read(path).map_err(|error| {
        vec![Problem::new(&FILE_UNREADABLE, &[("file", &path.display().to_string()), ("reason", &reason_of(&error))])]
    })?;
    Ok(Sheet { table, sha256: sha256(&bytes) })
}

/// SHA-256 of a file, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One cell of a result.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    Whole(u64),
    Missing,
}

impl Cell {
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => digits(*number),
            Self::Whole(number) => number.to_string(),
            Self::Missing => "NA".to_owned(),
        }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Missing }
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::from)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Whole(number)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Whole(number as u64)
    }
}

impl From<Option<usize>> for Cell {
    fn from(number: Option<usize>) -> Self {
        number.map_or(Self::Missing, Self::from)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The fewest digits that give the same number back (at most 17).
fn digits(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) { format!("{number:e}") } else { format!("{number}") }
}

/// A result table, column by column.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
    columns: Vec<Vec<Cell>>,
}

impl Columns {
    pub(crate) fn add<T: Into<Cell>>(&mut self, name: impl Into<String>, cells: impl IntoIterator<Item = T>) {
        self.names.push(name.into());
        self.columns.push(cells.into_iter().map(Into::into).collect());
    }

    fn written(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let height = self.columns.iter().map(Vec::len).max().unwrap_or(0);
        // Writing into memory cannot fail; a record of another width cannot occur.
        let _ = writer.write_record(&self.names);
        for row in 0..height {
            let cells = self.columns.iter().map(|column| column.get(row).map_or_else(String::new, Cell::written));
            let _ = writer.write_record(cells);
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// Begins a summary: what was done, with what, on which data.
pub(crate) fn summary(method: &str, parameters: Value, sha256: &str) -> Report {
    let mut report = Report::new();
    report.insert("method".to_owned(), json!(method));
    report.insert("parameters".to_owned(), parameters);
    report.insert("data_sha256".to_owned(), json!(sha256));
    report.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    report.insert("warnings".to_owned(), json!([]));
    report
}

/// Adds every member of a JSON object to the summary.
pub(crate) fn extend(report: &mut Report, members: Value) {
    if let Value::Object(members) = members {
        report.extend(members);
    }
}

/// Says something that does not stop the command but must not be overlooked.
pub(crate) fn warn(report: &mut Report, warning: impl Into<String>) {
    if let Some(Value::Array(warnings)) = report.get_mut("warnings") {
        warnings.push(json!(warning.into()));
    }
}

impl Destination {
    /// Writes table and summary, and says the warnings; without `--output` the table goes to the screen.
    pub(crate) fn write(&self, table: &Columns, report: &Report, talk: bool) -> Result<(), Vec<Problem>> {
        if talk {
            self::talk(report);
        }
        let bytes = table.written();
        match &self.output {
            Some(path) => write_file(path, &bytes)?,
            None if talk => print(&bytes),
            None => {}
        }
        write_summary(report, self.output.as_deref(), self.summary.as_deref())
    }
}

/// Prints a table; whoever reads it may go away.
pub(crate) fn print(bytes: &[u8]) {
    let _ = std::io::stdout().lock().write_all(bytes);
}

/// Says the warnings of a summary on stderr.
pub(crate) fn talk(report: &Report) {
    let warnings = report.get("warnings").and_then(Value::as_array).into_iter().flatten();
    for warning in warnings.filter_map(Value::as_str) {
        let _ = writeln!(std::io::stderr().lock(), "提示:{warning}");
    }
}

/// Writes a second table of a command.
pub(crate) fn write_table(path: &Path, table: &Columns) -> Result<(), Vec<Problem>> {
    write_file(path, &table.written())
}

/// Writes a whole file, making its folder.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Vec<Problem>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, bytes)).map_err(|error| {
        vec![Problem::new(&FILE_UNWRITABLE, &[("file", &path.display().to_string()), ("reason", &error.to_string())])]
    })
}

/// Writes a summary where it was asked for, else beside the table.
pub(crate) fn write_summary(
    report: &Report,
    output: Option<&Path>,
    summary: Option<&Path>,
) -> Result<(), Vec<Problem>> {
    let beside = output.map(|path| path.with_extension("json")).filter(|json| Some(json.as_path()) != output);
    let Some(path) = summary.map(Path::to_path_buf).or(beside) else { return Ok(()) };
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    write_file(&path, text.as_bytes())
}
