//! Workbooks written down as text: cells parted by `|`; `#3.5` is a number, `@46303` a date cell, `=1+1→2` a formula.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Image, Note, Workbook, XlsxError};

/// One workbook and what is expected of it.
pub struct Case {
    /// What it shows.
    pub name: String,
    /// File extension.
    pub extension: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Rows that must be accepted.
    pub good: usize,
    /// Cells that must be named: row and column key.
    pub bad: Vec<(u32, String)>,
    /// Rows that must come with pictures: row and how many.
    pub pictures: Vec<(u32, usize)>,
}

/// A header and rows that recur; names of schools are those of [`SCHOOLS`].
pub const HEADER: &str = "序号|单位|排查时间|部位|隐患描述|级别|整改情况|完成时间";
/// The schools that exist, by name and alias.
pub const SCHOOLS: [(&str, &str); 4] =
    [("城关第一小学", "一小"), ("城关第二小学", ""), ("金色童年幼儿园", "金童"), ("实验初级中学", "实中")];

/// A good row with this number.
pub fn good(number: usize) -> String {
    let school = SCHOOLS.get(number % 4).map_or("", |school| school.0);
    format!("#{number}|{school}|2026-10-{:02}|操场|篮球架底座松动{number}处|一般|整改中|", number % 28 + 1)
}

/// Several good rows.
pub fn goods(from: usize, count: usize) -> String {
    (from..from + count).map(good).collect::<Vec<_>>().join("\n")
}

/// One sheet.
#[derive(Default, Clone)]
pub struct Page {
    pub name: String,
    pub text: String,
    pub merges: Vec<(u32, u16, u32, u16)>,
    pub notes: Vec<(u32, u16, &'static str)>,
    pub over: Vec<(u32, u16)>,
    pub inside: Vec<(u32, u16)>,
    pub hidden: bool,
    pub hidden_rows: Vec<u32>,
}

impl Page {
    /// A sheet of this name and text.
    pub fn new(name: &str, text: impl Into<String>) -> Self {
        Self { name: name.to_owned(), text: text.into(), ..Self::default() }
    }

    /// The same sheet with a merged range; all from 1.
    pub fn merged(mut self, top: u32, left: u16, bottom: u32, right: u16) -> Self {
        self.merges.push((top, left, bottom, right));
        self
    }
}

/// A workbook of these sheets.
pub fn xlsx(pages: &[Page]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (plain, date) = (Format::new(), Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""));
    for page in pages {
        let sheet = book.add_worksheet();
        sheet.set_name(page.name.as_str())?.set_hidden(page.hidden);
        for (top, left, bottom, right) in &page.merges {
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", &plain)?;
        }
        for (row, line) in (0_u32..).zip(page.text.split('\n')) {
            for (column, cell) in (0_u16..).zip(line.split('|')) {
                let cell = cell.replace("\\n", "\n");
                if cell.is_empty() {
                    continue;
                }
                if let Some(number) = cell.strip_prefix('#').and_then(|number| number.parse::<f64>().ok()) {
                    sheet.write_number_with_format(row, column, number, &plain)?;
                } else if let Some(serial) = cell.strip_prefix('@').and_then(|serial| serial.parse::<f64>().ok()) {
                    let day = ExcelDateTime::from_serial_datetime(serial)?;
                    sheet.write_datetime_with_format(row, column, &day, &date)?;
                } else if let Some((formula, result)) = cell.strip_prefix('=').and_then(|text| text.split_once('→')) {
                    sheet.write_formula(row, column, Formula::new(formula).set_result(result))?;
                } else {
                    sheet.write_string_with_format(row, column, cell, &plain)?;
                }
            }
        }
        for (row, column, text) in &page.notes {
            sheet.insert_note(row - 1, column - 1, &Note::new(*text))?;
        }
        for (row, column) in &page.over {
            sheet.insert_image(row - 1, column - 1, &Image::new_from_buffer(&PIXEL)?)?;
        }
        for (row, column) in &page.inside {
            sheet.embed_image(row - 1, column - 1, &Image::new_from_buffer(&PIXEL)?)?;
        }
        for row in &page.hidden_rows {
            sheet.set_row_hidden(row - 1)?;
        }
    }
    book.save_to_buffer()
}

/// A case of one .xlsx.
pub fn case(name: &str, pages: &[Page], good: usize, bad: &[(u32, &str)]) -> Result<Case, XlsxError> {
    Ok(Case { extension: "xlsx", ..text_case(name, xlsx(pages)?, good, bad) })
}

/// A case of one sheet written down as text.
pub fn sheet(name: &str, text: impl Into<String>, good: usize, bad: &[(u32, &str)]) -> Result<Case, XlsxError> {
    case(name, &[Page::new("台账", text)], good, bad)
}

/// A case of given bytes.
pub fn text_case(name: &str, bytes: Vec<u8>, good: usize, bad: &[(u32, &str)]) -> Case {
    let bad = bad.iter().map(|(row, key)| (*row, (*key).to_owned())).collect();
    Case { name: name.to_owned(), extension: "csv", bytes, good, bad, pictures: Vec::new() }
}

/// Every case.
pub fn all() -> Result<Vec<Case>, Box<dyn std::error::Error>> {
    let mut out = super::layouts::cases()?;
    out.extend(super::cells::cases()?);
    out.extend(super::rows::cases()?);
    out.extend(super::files::cases()?);
    out.extend(super::wps::cases()?);
    out.extend(super::mixed::cases()?);
    Ok(out)
}

/// A PNG of one pixel.
pub const PIXEL: [u8; 69] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xDE, 0x00, 0x00, 0x00, 0x0C, 0x49,
    0x44, 0x41, 0x54, 0x08, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0x18, 0xDD, 0x8D, 0xB0,
    0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];
