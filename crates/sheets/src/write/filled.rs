//! The user's own header as a template: a workbook with `{{…}}` placeholders, one row of which is repeated per record.

use super::ledger::serial;
use super::{Record, shown, unwritable_for};
use crate::edit::{self, Changes, RowXml, SheetXml};
use crate::read::{self, Package, date_formats, sheet_parts};
use crate::rows::{Cell, Decimal};
use crate::{Column, Kind, Limits, Line, Target, text};
use std::collections::BTreeMap;
use yanpan_kernel::problem::{Problem, TEMPLATE_UNUSABLE};

/// What is put into the placeholders.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    /// Placeholders outside the repeated row: name → text, for example 填报单位. `{{合计:资金}}` sums a column by itself.
    pub values: BTreeMap<String, String>,
    /// Records, one value for each column of the target.
    pub rows: Vec<Record>,
}

/// What a placeholder in the repeated row stands for.
enum Slot {
    Number,
    Column(usize),
}

/// Fills a template. The row with placeholders of columns (`{{单位}}`, by title, synonym or key; `{{序号}}`) is repeated for
/// every record in its own format; placeholders without a value become empty. Formulas become their last values.
///
/// # Errors
/// The template cannot be read as .xlsx, or has no row to repeat.
pub fn fill(template: &[u8], name: &str, target: &Target, filling: &Filling) -> Result<Vec<u8>, Problem> {
    let book = read::workbook(template, name, &Limits::default())?;
    let unusable = |reason: &str| Problem::new(&TEMPLATE_UNUSABLE, &[("file", &name), ("reason", &reason)]);
    let broken = || unusable("结构无法识别，请另存为 .xlsx");
    let mut package = Package::reopen(template).ok_or_else(broken)?;
    let parts = sheet_parts(&mut package).ok_or_else(broken)?;
    let relations = package.relations(&parts.workbook);
    let styles = relations.values().find(|(kind, _)| kind == "styles").map(|(_, path)| path.clone());
    let dates = date_formats(&mut package, styles.as_deref());
    let (mut changes, mut repeated) = (Changes::new(), false);
    for (part, sheet) in parts.sheets.iter().zip(&book.sheets) {
        let mut xml = package.text(&part.path).as_deref().and_then(SheetXml::parse).ok_or_else(broken)?;
        let best = sheet.lines.iter().max_by_key(|line| slots(line, target).len());
        let record = best.map(|line| (line.number, slots(line, target))).filter(|(_, slots)| !slots.is_empty());
        for line in sheet.lines.iter().filter(|line| record.as_ref().is_none_or(|(number, _)| line.number != *number)) {
            around(&mut xml, line, target, filling);
        }
        if let Some((number, slots)) = record {
            let model = xml.row(number).cloned().unwrap_or_default();
            let rows = (1_u32..).zip(&filling.rows);
            xml.replace(number, rows.map(|(at, record)| one(&model, &slots, (at, record), (target, &dates))).collect());
            repeated = true;
        }
        changes.insert(part.path.to_lowercase(), Some(xml.text().into_bytes()));
    }
    if !repeated {
        return Err(unusable("没有写着「{{列名}}」的一行"));
    }
    edit::without_chain(&mut package, &parts.workbook, &mut changes);
    edit::rewrite(&mut package, &changes).map_err(|error| unwritable_for(&error.to_string()))
}

/// The name in a cell that is nothing but a placeholder.
fn placeholder(value: &str) -> Option<&str> {
    text::trim(value).strip_prefix("{{")?.strip_suffix("}}").map(text::trim).filter(|name| !name.contains("{{"))
}

fn column(name: &str, target: &Target) -> Option<usize> {
    let wanted = text::fold(name);
    let named = |column: &Column| {
        column.key == name
            || std::iter::once(&column.title).chain(&column.synonyms).any(|title| text::fold(title) == wanted)
    };
    target.columns.iter().position(named)
}

/// Column in the sheet → what it is to hold, for a row of placeholders.
fn slots(line: &Line, target: &Target) -> Vec<(u32, Slot)> {
    let slots = (1_u32..).zip(&line.cells).filter_map(|(at, value)| {
        let value = value.text();
        let name = placeholder(&value)?;
        let number = (text::fold(name) == "序号").then_some(Slot::Number);
        number.or_else(|| column(name, target).map(Slot::Column)).map(|slot| (at, slot))
    });
    slots.collect()
}

/// Puts values into the placeholders of a row that is not repeated.
fn around(xml: &mut SheetXml, line: &Line, target: &Target, filling: &Filling) {
    for (at, value) in (1_u32..).zip(&line.cells) {
        let value = value.text();
        if !value.contains("{{") {
            continue;
        }
        let (mut out, mut rest) = (String::new(), value.as_ref());
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, tail) = after.split_once("}}").unwrap_or((after, ""));
            out.push_str(before);
            out.push_str(&said(text::trim(name), target, filling));
            rest = tail;
        }
        out.push_str(rest);
        if let Some(cell) = xml.row(line.number).and_then(|row| row.cell(at)) {
            cell.set_text(&out);
        }
    }
}

fn said(name: &str, target: &Target, filling: &Filling) -> String {
    if let Some(value) = filling.values.get(name) {
        return value.clone();
    }
    let summed = name.strip_prefix("合计").map(|rest| rest.trim_start_matches([':', '：']));
    summed.and_then(|name| column(name, target)).map(|at| total(at, target, filling)).unwrap_or_default()
}

fn total(at: usize, target: &Target, filling: &Filling) -> String {
    let scale = match target.columns.get(at).map(|column| &column.kind) {
        Some(Kind::Decimal { scale, .. }) => *scale,
        _ => 0,
    };
    let numbers = filling.rows.iter().filter_map(|record| match record.get(at)?.as_ref()? {
        Cell::Integer(number) => Some(*number),
        Cell::Decimal(number) => Some(number.digits),
        _ => None,
    });
    Decimal { digits: numbers.fold(0, i64::saturating_add), scale }.to_string()
}

/// One record in the format of the model row.
fn one(
    model: &RowXml,
    slots: &[(u32, Slot)],
    (number, record): (u32, &Record),
    (target, dates): (&Target, &[bool]),
) -> RowXml {
    let mut row = model.clone();
    for (at, slot) in slots {
        let Some(cell) = row.cell(*at) else { continue };
        let dated = cell.style.and_then(|style| dates.get(usize::try_from(style).ok()?)).copied().unwrap_or(false);
        let value = match slot {
            Slot::Number => Some(Cell::Integer(i64::from(number))),
            Slot::Column(index) => record.get(*index).cloned().flatten(),
        };
        match (value, slot) {
            (None, _) => cell.set_text(""),
            (Some(Cell::Integer(number)), _) => cell.set_number(number as f64),
            (Some(Cell::Decimal(number)), _) => cell.set_number(number.to_string().parse().unwrap_or(0.0)),
            // A serial in a cell without a date format would show as a number.
            (Some(Cell::Date(day)), _) if dated => cell.set_number(serial(day)),
            (Some(other), Slot::Column(index)) => {
                cell.set_text(&target.columns.get(*index).map(|column| shown(column, &other)).unwrap_or_default());
            }
            (Some(other), Slot::Number) => cell.set_text(&other.to_string()),
        }
    }
    row
}

#[cfg(test)]
mod tests {
    //! Templates of users.
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_users_own_header_is_kept_and_its_row_repeated() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let (plain, day) =
            (rust_xlsxwriter::Format::new(), rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd"));
        let sheet = book.add_worksheet();
        sheet.merge_range(0, 0, 0, 2, "{{填报单位}}台账({{月份}}月)", &plain).unwrap();
        for (at, text) in ["序号", "日期", "数量"].into_iter().enumerate() {
            sheet.write(1, at as u16, text).unwrap();
        }
        sheet.write(2, 0, "{{序号}}").unwrap();
        sheet.write_with_format(2, 1, "{{日期}}", &day).unwrap();
        sheet.write(2, 2, "{{count}}").unwrap();
        sheet.merge_range(3, 0, 3, 1, "合计", &plain).unwrap();
        sheet.write(3, 2, "{{合计:数量}}").unwrap();
        let template = book.save_to_buffer().unwrap();
        let columns = vec![Column::new("on", "日期", Kind::Date), Column::new("count", "数量", Kind::Integer)];
        let target = Target { key: "t".into(), title: "表".into(), columns };
        let values = [("填报单位".to_owned(), "某县".to_owned()), ("月份".to_owned(), "10".to_owned())].into();
        let record = |day: i8, count| vec![Some(Cell::Date(date(2026, 10, day))), Some(Cell::Integer(count))];
        let filling = Filling { values, rows: vec![record(8, 3), record(9, 4)] };
        let bytes = fill(&template, "模板.xlsx", &target, &filling).unwrap();
        let book = read::workbook(&bytes, "出.xlsx", &Limits::default()).unwrap();
        let lines: Vec<String> = book.sheets[0]
            .lines
            .iter()
            .map(|l| l.cells.iter().map(|v| v.text().into_owned()).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(lines, ["某县台账(10月)", "序号|日期|数量", "1|2026-10-08|3", "2|2026-10-09|4", "合计||7"]);
        assert_eq!(book.sheets[0].merges.last().map(|span| (span.top, span.bottom)), Some((5, 5)));
    }

    #[test]
    fn a_template_without_a_row_to_repeat_is_refused() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "表").unwrap();
        let template = book.save_to_buffer().unwrap();
        assert_eq!(
            fill(&template, "模板.xlsx", &Target::default(), &Filling::default()).unwrap_err().slug,
            "template-unusable"
        );
    }
}
