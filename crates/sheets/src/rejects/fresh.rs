//! A new .xlsx with the same lines above, the same header and the rejected rows: for CSV and binary workbooks.

use super::{EXPLANATION, Rejected, explanation, explanation_column};
use crate::rows::{Row, Standing, Weight};
use crate::{Line, Sheet, Value, Workbook};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use yanpan_kernel::problem::{Problem, WORKBOOK_UNWRITABLE};

/// Writes it.
pub(super) fn write(workbook: &Workbook, tables: &[Rejected<'_>]) -> Result<Vec<u8>, Problem> {
    build(workbook, tables).map_err(|error| Problem::new(&WORKBOOK_UNWRITABLE, &[("reason", &error)]))
}

struct Formats {
    plain: Format,
    date: Format,
    header: Format,
    wrong: Format,
    why: Format,
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(10).set_border(FormatBorder::Thin);
        Self {
            plain: base().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            date: base().set_num_format("yyyy-mm-dd"),
            header: base().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            wrong: base().set_text_wrap().set_background_color("#FFC7CE"),
            why: base().set_text_wrap().set_font_color("#C00000"),
        }
    }
}

fn build(workbook: &Workbook, tables: &[Rejected<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2020, 1, 1)?));
    let formats = Formats::new();
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let here: Vec<&Rejected<'_>> = tables.iter().filter(|table| table.found.sheet == index).collect();
        if here.is_empty() {
            continue;
        }
        let out = book.add_worksheet();
        out.set_name(crate::write::tab(&sheet.name))?.set_landscape().set_paper_size(9);
        let (mut above, mut row) = (1, 0);
        for table in here {
            let column = explanation_column(workbook, table.found);
            row = self::table(out, (workbook, sheet), (table, column, above), row, &formats)?;
            above = table.found.body.1.saturating_add(1);
        }
    }
    book.save_to_buffer()
}

type Table<'t, 'a> = (&'t Rejected<'a>, u32, u32);

/// One table; gives the next free row.
fn table(
    out: &mut Worksheet,
    (workbook, sheet): (&Workbook, &Sheet),
    (table, column, above): Table<'_, '_>,
    mut row: u32,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let (top, bottom) = table.found.header;
    for line in sheet.lines.iter().filter(|line| (above..=bottom).contains(&line.number)) {
        let format = if line.number >= top { &formats.header } else { &Format::default() };
        for (at, value) in (1_u32..).zip(&line.cells) {
            value_into(out, (row, at), value, (format, format))?;
        }
        if line.number == bottom {
            out.write_string_with_format(row, zero(column), EXPLANATION, &formats.header)?;
        }
        row += 1;
    }
    out.set_column_width(zero(column), 48)?;
    let mut named = None;
    for rejected in &table.rows {
        let Some(line) = sheet.line(rejected.row) else { continue };
        if let Some(Standing::Row(section)) = rejected.standing
            && named.replace(section) != Some(section)
            && let Some(text) = sheet.line(section).and_then(Line::only_text)
        {
            out.write_string_with_format(row, 0, text, &formats.plain)?;
            row += 1;
        }
        record(out, (workbook, line), (rejected, column), row, formats)?;
        row += 1;
    }
    Ok(row + 1)
}

fn record(
    out: &mut Worksheet,
    (workbook, line): (&Workbook, &Line),
    (rejected, column): (&Row, u32),
    row: u32,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let wrong =
        |at: u32| rejected.findings.iter().any(|finding| finding.column == at && finding.weight == Weight::Wrong);
    let shift = if workbook.from_1904 { 1462.0 } else { 0.0 };
    for (at, value) in (1_u32..column).zip(line.cells.iter().chain(std::iter::repeat(&Value::Empty))) {
        let format = if wrong(at) { &formats.wrong } else { &formats.plain };
        let date = if wrong(at) { &formats.wrong } else { &formats.date };
        let carried = rejected.carried.iter().find(|(other, _)| *other == at);
        match (carried, value) {
            (Some((_, text)), _) => out.write_string_with_format(row, zero(at), text, format)?,
            (None, Value::Serial(serial)) => out.write_number_with_format(row, zero(at), serial + shift, date)?,
            (None, value) => value_into(out, (row, at), value, (format, date))?,
        };
    }
    out.write_string_with_format(row, zero(column), explanation(rejected), &formats.why)?;
    Ok(())
}

fn zero(column: u32) -> u16 {
    u16::try_from(column.saturating_sub(1)).unwrap_or(u16::MAX)
}

fn value_into<'w>(
    out: &'w mut Worksheet,
    (row, column): (u32, u32),
    value: &Value,
    (format, date): (&Format, &Format),
) -> Result<&'w mut Worksheet, XlsxError> {
    let column = zero(column);
    match value {
        Value::Empty => out.write_blank(row, column, format),
        Value::Number(number) => out.write_number_with_format(row, column, *number, format),
        Value::Serial(serial) => out.write_number_with_format(row, column, *serial, date),
        Value::Bool(value) => out.write_boolean_with_format(row, column, *value, format),
        Value::Text(text) | Value::Error(text) => out.write_string_with_format(row, column, &**text, format),
    }
}
