//! A blank workbook to fill: drop-downs, one example row, and a sheet that explains every column.

use super::formats::Formats;
use super::ledger::{heading, properties, tab};
use super::{Page, unwritable, width};
use crate::{Column, Kind, Target, column_letters};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError};
use yanpan_kernel::problem::Problem;

/// Rows that carry drop-downs and formats.
const ROWS: u32 = 2000;
/// Characters that a list may have inside a cell's rule; longer ones stand on a sheet of their own.
const INLINE: usize = 200;

/// Writes a template; `notes` are printed first on the instruction sheet.
///
/// # Errors
/// [`WORKBOOK_UNWRITABLE`](yanpan_kernel::problem::WORKBOOK_UNWRITABLE) with the writer's reason.
pub fn template(target: &Target, notes: &[String]) -> Result<Vec<u8>, Problem> {
    build(target, notes).map_err(|error| unwritable(&error))
}

fn build(target: &Target, notes: &[String]) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    book.set_properties(&properties(&Page { title: target.title.clone(), ..Page::default() })?);
    let long: Vec<&Column> =
        target.columns.iter().filter(|column| inline(column).is_none() && !words(column).is_empty()).collect();
    table(book.add_worksheet(), target, &formats, &long)?;
    explain(book.add_worksheet(), target, notes, &formats)?;
    if !long.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name("选项")?.set_hidden(true);
        for (at, column) in (0_u16..).zip(&long) {
            sheet.write_string(0, at, column.title.as_str())?;
            for (row, word) in (1_u32..).zip(words(column)) {
                sheet.write_string(row, at, word)?;
            }
        }
    }
    book.save_to_buffer()
}

/// The words of a drop-down.
fn words(column: &Column) -> Vec<&str> {
    match &column.kind {
        Kind::Choice { options } => options.iter().map(|option| option.title.as_str()).collect(),
        Kind::YesNo => vec!["是", "否"],
        _ => Vec::new(),
    }
}

/// The words, when they fit into the cell's rule.
fn inline(column: &Column) -> Option<Vec<&str>> {
    let words = words(column);
    let length: usize = words.iter().map(|word| word.chars().count() + 1).sum();
    (!words.is_empty() && length <= INLINE && words.iter().all(|word| !word.contains(','))).then_some(words)
}

fn table(sheet: &mut Worksheet, target: &Target, formats: &Formats, long: &[&Column]) -> Result<(), XlsxError> {
    sheet.set_name(tab(&target.title))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 6.0)?;
    sheet.write_string_with_format(0, 0, "序号", &formats.header)?;
    sheet.write_string_with_format(1, 0, "示例", &formats.example)?;
    for ((at, column), width) in (1_u16..).zip(&target.columns).zip(width::columns(target, &[])) {
        let own = Formats::of(column).plain;
        sheet.set_column_width(at, width.max(width::of(&column.example).min(30.0) + 2.0))?;
        sheet.set_column_format(at, &own)?;
        let format = if column.required { &formats.required } else { &formats.header };
        let mark = if column.required { "*" } else { "" };
        sheet.write_string_with_format(0, at, format!("{mark}{}", heading(column)), format)?;
        sheet.write_string_with_format(1, at, column.example.as_str(), &formats.example)?;
        if let Some(rule) = rule(column, long)? {
            sheet.add_data_validation(1, at, ROWS, at, &rule)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    Ok(())
}

fn rule(column: &Column, long: &[&Column]) -> Result<Option<DataValidation>, XlsxError> {
    let list = match inline(column) {
        Some(words) => DataValidation::new().allow_list_strings(&words)?,
        None => {
            let Some(at) = (1_u32..).zip(long).find(|(_, other)| other.key == column.key).map(|(at, _)| at) else {
                return Ok(None);
            };
            let letters = column_letters(at);
            let range = format!("=选项!${letters}$2:${letters}${}", words(column).len() + 1);
            DataValidation::new().allow_list_formula(Formula::new(range))
        }
    };
    let list = list.set_error_style(DataValidationErrorStyle::Warning);
    list.set_error_title("请从列表中选择")?.set_error_message("列表里没有这一项").map(Some)
}

fn explain(sheet: &mut Worksheet, target: &Target, notes: &[String], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("填写说明")?.set_paper_size(9);
    for (at, width) in [18.0, 8.0, 60.0, 24.0].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(at).unwrap_or(0), width)?;
    }
    sheet.write_string_with_format(0, 0, format!("{}填写说明", target.title), &formats.title)?;
    let fixed = ["标红并带 * 的列必填；第 2 行是示例，不会导入，可以留着。", "不要改动表头；多出来的列可以加在右边。"];
    let mut row = 1;
    for note in fixed.into_iter().chain(notes.iter().map(String::as_str)) {
        sheet.write_string(row, 0, note)?;
        row += 1;
    }
    for (at, heading) in (0_u16..).zip(["列名", "必填", "怎样填", "示例"]) {
        sheet.write_string_with_format(row, at, heading, &formats.header)?;
    }
    for column in &target.columns {
        row += 1;
        let texts = [column.title.as_str(), if column.required { "是" } else { "" }, &how(column), &column.example];
        for (at, text) in (0_u16..).zip(texts) {
            sheet.write_string_with_format(row, at, text, &formats.prose)?;
        }
    }
    Ok(())
}

/// How a column is to be filled, in one sentence.
fn how(column: &Column) -> String {
    match &column.kind {
        Kind::Text => "文字，一行写完".to_owned(),
        Kind::LongText => "文字，可以分行".to_owned(),
        Kind::Integer => "整数".to_owned(),
        Kind::Decimal { unit, scale } if unit.is_empty() => format!("数字，小数不超过 {scale} 位"),
        Kind::Decimal { unit, scale } => format!("数字，以{unit}为单位，小数不超过 {scale} 位"),
        Kind::Date => "日期，写成 2026-10-08 的样子".to_owned(),
        Kind::Choice { .. } => format!("从下列各项中选一项：{}", words(column).join("、")),
        Kind::YesNo => "填「是」或「否」".to_owned(),
        Kind::Unit => "单位全称或代码".to_owned(),
        Kind::Person => "姓名".to_owned(),
        Kind::Phone => "手机号或带区号的座机号".to_owned(),
        Kind::IdentityNumber => "18 位身份证号，按文本填写".to_owned(),
        Kind::Picture => "把照片插入这一格".to_owned(),
    }
}
