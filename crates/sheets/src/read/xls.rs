//! Binary workbooks (BIFF in a compound file): checked by record first, then read by calamine.

use super::Source;
use super::compound::{Compound, u16_at, u32_at};
use super::xlsx::fill_merges;
use crate::{Format, Line, Sheet, Span, Value, Workbook};
use calamine::{Data, Reader, Xls};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use yanpan_kernel::problem::{
    CELLS_TOO_MANY, COLUMNS_TOO_MANY, Problem, ROWS_TOO_MANY, SHEETS_TOO_MANY, WORKBOOK_ENCRYPTED, WORKBOOK_MACRO,
};

/// What the records of the workbook stream say before anything is built from them.
#[derive(Default)]
struct Survey {
    encrypted: bool,
    /// A sheet claims more rows or columns than the format has: the parser would set memory aside for them.
    impossible: bool,
    sheets: usize,
    rows: u32,
    columns: u32,
    slots: u64,
}

/// Reads a binary workbook, or says what else the compound file is.
pub(super) fn read(source: &Source<'_>) -> Result<Workbook, Problem> {
    let file = Compound::open(source.bytes).ok_or_else(|| source.corrupt("文件结构不完整"))?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Problem::new(&WORKBOOK_ENCRYPTED, &[("file", &source.name)]));
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let Some(stream) = stream else {
        let other = if file.has("WordDocument") { "这是 Word 文档" } else { "里面没有工作簿" };
        return Err(source.unknown(other));
    };
    let survey = survey(&stream);
    let limits = source.limits;
    if survey.impossible {
        return Err(source.corrupt("声称的行列数超出格式"));
    }
    if survey.encrypted {
        return Err(Problem::new(&WORKBOOK_ENCRYPTED, &[("file", &source.name)]));
    }
    if file.has("_VBA_PROJECT_CUR") || file.has("VBA") || file.has("_VBA_PROJECT") {
        return Err(Problem::new(&WORKBOOK_MACRO, &[("file", &source.name)]));
    }
    if survey.sheets > limits.sheets {
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("file", &source.name), ("count", &survey.sheets), ("limit", &limits.sheets)];
        return Err(Problem::new(&SHEETS_TOO_MANY, &values));
    }
    if survey.rows > limits.rows {
        return Err(Problem::new(&ROWS_TOO_MANY, &[("limit", &limits.rows)]));
    }
    if survey.columns > limits.columns {
        return Err(Problem::new(&COLUMNS_TOO_MANY, &[("limit", &limits.columns)]));
    }
    if survey.slots > limits.cells as u64 {
        return Err(Problem::new(&CELLS_TOO_MANY, &[("limit", &limits.cells)]));
    }
    // A foreign parser of a foreign binary format: whatever it does with damaged bytes must not reach the caller.
    catch_unwind(AssertUnwindSafe(|| build(source))).unwrap_or_else(|_| Err(source.corrupt("内容有误")))
}

/// Walks the records (type, length, body): sheets begin with BOF of a worksheet; cells begin with row and column.
fn survey(stream: &[u8]) -> Survey {
    let (mut at, mut out) = (0_usize, Survey::default());
    let (mut rows, mut columns) = (0_u32, 0_u32);
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let body = at + 4;
        match kind {
            0x002F => out.encrypted |= u16_at(stream, body).is_some_and(|method| method <= 1),
            0x0085 => out.sheets += 1,
            // Records of style-only cells (0x00BE, 0x0201) are left out: they hold nothing, and reach to the last column.
            0x0006 | 0x00BD | 0x00D6 | 0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00FD => {
                rows = rows.max(u32::from(u16_at(stream, body).unwrap_or(0)) + 1);
                let width = if kind == 0x00BD { u32::from(length) / 2 } else { 1 };
                columns = columns.max(u32::from(u16_at(stream, body + 2).unwrap_or(0)) + width);
            }
            0x000A => {
                out.rows = out.rows.max(rows);
                out.slots += u64::from(rows) * u64::from(columns);
                (rows, columns) = (0, 0);
            }
            0x0200 => out.impossible |= claims_too_much(stream, body, length),
            _ => {}
        }
        out.columns = out.columns.max(columns);
        at = body + usize::from(length);
    }
    out
}

/// DIMENSIONS: 65,536 rows and 256 columns are the format's most ([MS-XLS] 2.4.90).
fn claims_too_much(stream: &[u8], body: usize, length: u16) -> bool {
    if length < 14 {
        return false;
    }
    let rows = u32_at(stream, body + 4).unwrap_or(0);
    let columns = u16_at(stream, body + 10).unwrap_or(0);
    rows > 65_536 || columns > 256 || u32_at(stream, body).is_some_and(|first| first > rows.max(1))
}

fn build(source: &Source<'_>) -> Result<Workbook, Problem> {
    let mut book = Xls::new(Cursor::new(source.bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Problem::new(&WORKBOOK_ENCRYPTED, &[("file", &source.name)]),
        _ => source.corrupt("内容有误"),
    })?;
    let from_1904 = book.has_1904_epoch();
    let about: Vec<_> = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for meta in about.iter().filter(|meta| meta.typ == calamine::SheetType::WorkSheet) {
        let Ok(range) = book.worksheet_range(&meta.name) else { continue };
        let merges = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        let mut merges: Vec<Span> = merges.iter().map(span).collect();
        let mut lines = lines(&range);
        fill_merges(&mut lines, &mut merges);
        let hidden = meta.visible != calamine::SheetVisible::Visible;
        sheets.push(Sheet { name: meta.name.clone(), hidden, lines, merges, ..Sheet::default() });
    }
    Ok(Workbook { name: source.name.to_owned(), format: Format::Xls, from_1904, sheets })
}

fn span(range: &calamine::Dimensions) -> Span {
    let one = |number: u32| number.saturating_add(1);
    Span { top: one(range.start.0), left: one(range.start.1), bottom: one(range.end.0), right: one(range.end.1) }
}

fn lines(range: &calamine::Range<Data>) -> Vec<Line> {
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut out = Vec::new();
    for (number, row) in (top.saturating_add(1)..).zip(range.rows()) {
        let mut cells = vec![Value::Empty; left as usize];
        cells.extend(row.iter().map(value));
        while cells.last() == Some(&Value::Empty) {
            cells.pop();
        }
        if !cells.is_empty() {
            out.push(Line { number, cells, ..Line::default() });
        }
    }
    out
}

fn value(data: &Data) -> Value {
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(Arc::from(text)) };
    match data {
        Data::Empty => Value::Empty,
        Data::String(string) | Data::DateTimeIso(string) | Data::DurationIso(string) => text(string),
        Data::Float(number) => Value::Number(*number),
        Data::Int(number) => Value::Number(*number as f64),
        Data::Bool(value) => Value::Bool(*value),
        Data::DateTime(moment) if moment.is_datetime() => Value::Serial(moment.as_f64()),
        Data::DateTime(moment) => Value::Number(moment.as_f64()),
        Data::Error(error) => Value::Error(Arc::from(error.to_string().as_str())),
    }
}
