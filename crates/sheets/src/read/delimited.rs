//! Delimited text in UTF-8, UTF-16 or GB18030; the delimiter is the one that the first lines agree on.

use super::Source;
use crate::{Format, Line, Sheet, Value, Workbook};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::sync::Arc;
use yanpan_kernel::problem::{
    CELLS_TOO_MANY, COLUMNS_TOO_MANY, ENCODING_UNKNOWN, Place, Problem, READING_CANCELLED, ROWS_TOO_MANY,
};

/// Decodes by byte order mark, then as UTF-8, then by the zeros of UTF-16, then as GB18030.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return std::str::from_utf8(rest).ok().map(Cow::Borrowed);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return UTF_16LE.decode_without_bom_handling_and_without_replacement(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return UTF_16BE.decode_without_bom_handling_and_without_replacement(rest);
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if zeros(1) * 8 > head.len() {
        return UTF_16LE.decode_without_bom_handling_and_without_replacement(bytes);
    }
    if zeros(0) * 8 > head.len() {
        return UTF_16BE.decode_without_bom_handling_and_without_replacement(bytes);
    }
    if head.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
    }
}

/// The delimiter that parts the first lines most evenly: comma, tab, semicolon, full-width comma is none.
pub(crate) fn delimiter(text: &str) -> u8 {
    let count = |mark: u8| {
        let per_line = text.lines().filter(|line| !line.trim().is_empty()).take(10);
        per_line.map(|line| line.bytes().filter(|byte| *byte == mark).count()).max().unwrap_or(0)
    };
    [b',', b'\t', b';', b'|']
        .into_iter()
        .rev()
        .max_by_key(|mark| count(*mark))
        .filter(|mark| count(*mark) > 0)
        .unwrap_or(b',')
}

/// Reads delimited text as a workbook of one sheet, named after the file.
pub(super) fn read(source: &Source<'_>) -> Result<Workbook, Problem> {
    let text = decode(source.bytes).ok_or_else(|| Problem::new(&ENCODING_UNKNOWN, &[("file", &source.name)]))?;
    if text.contains('\0') || control_share(&text) > 0.05 {
        return Err(source.unknown("内容不是文字"));
    }
    let (limits, total) = (source.limits, source.bytes.len() as u64);
    let base = source.name.rsplit(['/', '\\']).next().unwrap_or(source.name);
    let name = base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let mut sheet = Sheet { name, ..Sheet::default() };
    let (mut cells, mut number) = (0_usize, 0_u32);
    while reader.read_record(&mut record).map_err(|_| source.corrupt("有一行读不出来"))? {
        let end = reader.position().line();
        number = number.saturating_add(rows_in(&record, end));
        let at = || Place { sheet: Some(sheet.name.clone()), row: Some(number), ..Place::default() };
        cells += record.len();
        if number > limits.rows {
            return Err(Problem::new(&ROWS_TOO_MANY, &[("limit", &limits.rows)]).at(at()));
        }
        if record.len() > limits.columns as usize {
            return Err(Problem::new(&COLUMNS_TOO_MANY, &[("limit", &limits.columns)]).at(at()));
        }
        if cells > limits.cells {
            return Err(Problem::new(&CELLS_TOO_MANY, &[("limit", &limits.cells)]).at(at()));
        }
        if number % 4096 == 0 {
            source.watch.report(reader.position().byte(), total);
            if source.watch.cancelled() {
                return Err(Problem::new(&READING_CANCELLED, &[]));
            }
        }
        sheet.lines.extend(line(number, &record));
    }
    Ok(Workbook { name: source.name.to_owned(), format: Format::Csv, from_1904: false, sheets: vec![sheet] })
}

/// Rows that a record takes as a spreadsheet counts them: itself, and the blank lines before it, which the parser skips.
fn rows_in(record: &::csv::StringRecord, end: u64) -> u32 {
    let start = record.position().map_or(end, ::csv::Position::line);
    let within: usize = record.iter().map(|field| field.matches('\n').count()).sum();
    let lines = end.saturating_sub(start).saturating_sub(within as u64);
    u32::try_from(lines).unwrap_or(u32::MAX).max(1)
}

/// One record as a line; nothing when it is blank.
fn line(number: u32, record: &::csv::StringRecord) -> Option<Line> {
    let mut cells: Vec<Value> = record.iter().map(value).collect();
    while cells.last() == Some(&Value::Empty) {
        cells.pop();
    }
    (!cells.is_empty()).then_some(Line { number, cells, ..Line::default() })
}

/// A field; `="001"` is how some programs force text.
fn value(field: &str) -> Value {
    let field = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field);
    let field = field.trim_end_matches('\t');
    // The apostrophe that keeps a text from being taken for a formula is no part of it.
    let field = field.strip_prefix('\'').filter(|rest| crate::write::looks_like_formula(rest)).unwrap_or(field);
    if field.is_empty() { Value::Empty } else { Value::Text(Arc::from(field)) }
}

/// The share of control characters in the first 4,096 characters.
fn control_share(text: &str) -> f64 {
    let (mut control, mut all) = (0_u32, 0_u32);
    for c in text.chars().take(4096) {
        all += 1;
        control += u32::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    }
    f64::from(control) / f64::from(all.max(1))
}
