//! A print-ready ledger as .xlsx: A4 landscape, repeated header, totals, lines to sign and seal.

use super::formats::{Formats, OfColumn};
use super::{Page, Record, looks_like_formula, shown, unwritable, width};
use crate::rows::{Cell, Decimal};
use crate::{Kind, Target, Watch, text};
use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use yanpan_kernel::problem::{Problem, READING_CANCELLED};

/// Rows from which widths are taken.
const MEASURED: usize = 200;
/// Most characters that Excel allows in a cell.
const LONGEST: usize = 32_767;

/// Writes a ledger; memory does not grow with its rows. Equal input gives equal bytes.
///
/// # Errors
/// [`WORKBOOK_UNWRITABLE`](yanpan_kernel::problem::WORKBOOK_UNWRITABLE) with the writer's reason.
pub fn ledger(page: &Page, target: &Target, rows: impl Iterator<Item = Record>) -> Result<Vec<u8>, Problem> {
    ledger_watched(page, target, rows, Watch::default())
}

/// [`ledger`], reporting rows written, and stopping when the watch says so.
///
/// # Errors
/// As [`ledger`], and [`READING_CANCELLED`](yanpan_kernel::problem::READING_CANCELLED).
pub fn ledger_watched(
    page: &Page,
    target: &Target,
    rows: impl Iterator<Item = Record>,
    watch: Watch<'_>,
) -> Result<Vec<u8>, Problem> {
    let mut rows = rows.fuse();
    let first: Vec<Record> = rows.by_ref().take(MEASURED).collect();
    let mut book = Workbook::new();
    book.set_properties(&properties(page).map_err(|error| unwritable(&error))?);
    let sheet = book.add_worksheet_with_constant_memory().map_err(|error| unwritable(&error))?;
    let mut printed = Printed::new(page, target);
    printed.open(sheet, &first).map_err(|error| unwritable(&error))?;
    for (at, record) in first.into_iter().chain(rows).enumerate() {
        printed.record(sheet, &record).map_err(|error| unwritable(&error))?;
        if at % 1024 == 0 {
            watch.report(at as u64, 0);
            if watch.cancelled() {
                return Err(Problem::new(&READING_CANCELLED, &[]));
            }
        }
    }
    printed.close(sheet).map_err(|error| unwritable(&error))?;
    book.save_to_buffer().map_err(|error| unwritable(&error))
}

/// A fixed date of creation, so that equal input gives equal bytes.
pub(super) fn properties(page: &Page) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
    let title = DocProperties::new().set_title(page.title.as_str()).set_creation_datetime(&created);
    Ok(title.set_author(page.unit.clone().unwrap_or_default()))
}

/// Days since 1899-12-30, Excel's serial number.
pub(super) fn serial(day: Date) -> f64 {
    f64::from(day.since(date(1899, 12, 30)).map_or(0, |span| span.get_days()))
}

/// A name that Excel accepts for a tab: at most 31 characters, none of `[]:*?/\`.
pub(crate) fn tab(title: &str) -> String {
    let clean: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect();
    if text::trim(&clean).is_empty() { "台账".to_owned() } else { clean }
}

struct Printed<'a> {
    page: &'a Page,
    target: &'a Target,
    formats: Formats,
    columns: Vec<OfColumn>,
    sums: Vec<i64>,
    row: u32,
    count: u32,
    first: u16,
}

impl<'a> Printed<'a> {
    fn new(page: &'a Page, target: &'a Target) -> Self {
        Self {
            page,
            target,
            formats: Formats::new(),
            columns: target.columns.iter().map(Formats::of).collect(),
            sums: vec![0; target.columns.len()],
            row: 0,
            count: 0,
            first: u16::from(page.numbered),
        }
    }

    fn last(&self) -> u16 {
        (self.first + u16::try_from(self.columns.len()).unwrap_or(u16::MAX)).saturating_sub(1)
    }

    /// Page setup, title, unit and date line, header.
    fn open(&mut self, sheet: &mut Worksheet, first: &[Record]) -> Result<(), XlsxError> {
        let title = if self.page.title.is_empty() { &self.target.title } else { &self.page.title };
        sheet.set_name(tab(title))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3).set_footer("&C第 &P 页 共 &N 页");
        if self.page.numbered {
            sheet.set_column_width(0, 6.0)?;
        }
        for (column, width) in (self.first..).zip(width::columns(self.target, first)) {
            sheet.set_column_width(column, width)?;
        }
        sheet.set_row_height(0, 28)?;
        self.across(sheet, title, &self.formats.title.clone())?;
        if self.page.unit.is_some() || self.page.date.is_some() {
            self.context(sheet)?;
        }
        let header = self.row;
        if self.page.numbered {
            sheet.write_string_with_format(header, 0, "序号", &self.formats.header)?;
        }
        for (column, about) in (self.first..).zip(&self.target.columns) {
            sheet.write_string_with_format(header, column, heading(about), &self.formats.header)?;
        }
        sheet.set_repeat_rows(0, header)?.set_freeze_panes(header + 1, 0)?;
        self.row += 1;
        Ok(())
    }

    /// One text over the whole width.
    fn across(&mut self, sheet: &mut Worksheet, text: &str, format: &Format) -> Result<(), XlsxError> {
        if self.last() > 0 {
            sheet.merge_range(self.row, 0, self.row, self.last(), text, format)?;
        } else {
            sheet.write_string_with_format(self.row, 0, text, format)?;
        }
        self.row += 1;
        Ok(())
    }

    fn context(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        if let Some(unit) = &self.page.unit {
            sheet.write_string_with_format(self.row, 0, format!("填报单位(盖章):{unit}"), &self.formats.context)?;
        }
        if let Some(date) = &self.page.date
            && self.last() > 0
        {
            sheet.write_string_with_format(self.row, self.last(), format!("填报时间：{date}"), &self.formats.right)?;
        }
        self.row += 1;
        Ok(())
    }

    fn record(&mut self, sheet: &mut Worksheet, record: &Record) -> Result<(), XlsxError> {
        let row = self.row;
        self.row += 1;
        self.count += 1;
        if self.page.numbered {
            sheet.write_number_with_format(row, 0, f64::from(self.count), &self.formats.number)?;
        }
        let cells = record.iter().chain(std::iter::repeat(&None));
        let targets = self.target.columns.iter().zip(&self.columns).zip(&mut self.sums);
        for ((at, cell), ((column, format), sum)) in (self.first..).zip(cells).zip(targets) {
            match cell {
                None => sheet.write_blank(row, at, &format.plain)?,
                Some(Cell::Integer(number)) => {
                    *sum = sum.saturating_add(*number);
                    sheet.write_number_with_format(row, at, *number as f64, &format.plain)?
                }
                Some(Cell::Decimal(number)) => {
                    *sum = sum.saturating_add(number.digits);
                    let value = number.to_string().parse::<f64>().unwrap_or(0.0);
                    sheet.write_number_with_format(row, at, value, &format.plain)?
                }
                Some(Cell::Date(day)) => sheet.write_number_with_format(row, at, serial(*day), &format.plain)?,
                Some(other) => {
                    let text = shown(column, other);
                    let text = text::quote(&text, LONGEST - 1);
                    let format = if looks_like_formula(&text) { &format.quoted } else { &format.plain };
                    sheet.write_string_with_format(row, at, text, format)?
                }
            };
        }
        Ok(())
    }

    /// Totals and the lines to sign.
    fn close(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        if !self.page.totals.is_empty() {
            self.totals(sheet)?;
        }
        if self.page.signatures.is_empty() {
            return Ok(());
        }
        self.row += 1;
        let step = (self.last() + 1) / u16::try_from(self.page.signatures.len()).unwrap_or(1).max(1);
        for (at, (label, name)) in (0_u16..).zip(&self.page.signatures) {
            let text = if name.is_empty() { format!("{label}:            ") } else { format!("{label}:{name}") };
            sheet.write_string_with_format(self.row, at * step.max(1), text, &self.formats.context)?;
        }
        Ok(())
    }

    fn totals(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let row = self.row;
        self.row += 1;
        let mut said = self.page.numbered;
        if said {
            sheet.write_string_with_format(row, 0, "合计", &self.formats.total)?;
        }
        let columns = self.target.columns.iter().zip(&self.columns).zip(&self.sums);
        for (at, ((column, format), sum)) in (self.first..).zip(columns) {
            let scale = match column.kind {
                Kind::Decimal { scale, .. } => scale,
                _ => 0,
            };
            let wanted = self.page.totals.contains(&column.key);
            if wanted && matches!(column.kind, Kind::Integer | Kind::Decimal { .. }) {
                let value = Decimal { digits: *sum, scale }.to_string().parse::<f64>().unwrap_or(0.0);
                sheet.write_number_with_format(row, at, value, &format.plain)?;
            } else if !said {
                said = true;
                sheet.write_string_with_format(row, at, "合计", &self.formats.total)?;
            } else {
                sheet.write_blank(row, at, &self.formats.total)?;
            }
        }
        Ok(())
    }
}

/// The heading with the unit of measurement, as people print it: 资金(万元).
pub(super) fn heading(column: &crate::Column) -> String {
    match &column.kind {
        Kind::Decimal { unit, .. } if !unit.is_empty() && !column.title.contains(unit.as_str()) => {
            format!("{}({unit})", column.title)
        }
        _ => column.title.clone(),
    }
}
