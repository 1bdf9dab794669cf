//! Reject, mend, import again.

use super::*;
use crate::layout::{self, Hints};
use crate::rows::{self, Reading};
use crate::{Column, Kind, Limits, Target, Value, read};

fn target() -> Target {
    let columns = vec![
        Column::new("unit", "单位", Kind::Unit).required(),
        Column::new("on", "日期", Kind::Date).required(),
        Column::new("count", "数量", Kind::Integer),
    ];
    Target { key: "t".into(), title: "表".into(), columns }
}

/// Rejected rows given back as bytes, and how many rows were good.
fn reject(bytes: &[u8], name: &str) -> (Vec<u8>, usize) {
    let target = target();
    let book = read::workbook(bytes, name, &Limits::default()).unwrap();
    let layout = layout::find(&book, &target, &Hints::default());
    let tables: Vec<Vec<Row>> =
        layout.found.iter().map(|found| rows::read(&book, found, &target, Reading::default()).collect()).collect();
    let good = tables.iter().flatten().filter(|row| row.is_good()).count();
    let bad = |rows: &'_ [Row]| -> Vec<usize> { (0..rows.len()).filter(|at| !rows[*at].is_good()).collect() };
    let rejected: Vec<Rejected<'_>> = layout
        .found
        .iter()
        .zip(&tables)
        .map(|(found, rows)| Rejected { found, rows: bad(rows).into_iter().map(|at| &rows[at]).collect() })
        .collect();
    (workbook(bytes, &book, &rejected).unwrap(), good)
}

#[test]
fn a_csv_comes_back_as_a_workbook_with_its_own_lines() {
    let text = "2026年10月汇总\n单位,日期,数量\n甲校,10.8,3\n同上,10.40,两\n〃,10.9,x\n填报人:李敏\n";
    let (bytes, good) = reject(text.as_bytes(), "表.csv");
    assert_eq!(good, 1);
    let book = read::workbook(&bytes, "表.xlsx", &Limits::default()).unwrap();
    let lines: Vec<String> = book.sheets[0]
        .lines
        .iter()
        .map(|l| l.cells.iter().take(3).map(Value::text).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(lines, ["2026年10月汇总", "单位|日期|数量", "甲校|10.40|两", "甲校|10.9|x"]);
    assert!(book.sheets[0].lines[2].cell(4).text().contains("日期:「10.40」不是日期"));
}

#[test]
fn an_xlsx_stays_the_users_own_and_goes_in_once_mended() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 2, "2026年10月汇总", &format).unwrap();
    for (at, text) in ["单位", "日期", "数量"].into_iter().enumerate() {
        sheet.write(1, at as u16, text).unwrap();
    }
    sheet.merge_range(2, 0, 4, 0, "甲校", &format).unwrap();
    for (at, (date, count)) in [("10.8", "3"), ("10.40", "3"), ("10.9", "x")].into_iter().enumerate() {
        sheet.write(2 + at as u32, 1, date).unwrap();
        sheet.write(2 + at as u32, 2, count).unwrap();
    }
    sheet.write(5, 0, "合计").unwrap();
    sheet.write_formula(5, 2, "=SUM(C3:C5)").unwrap();
    sheet.write(6, 0, "填报人:李敏").unwrap();
    sheet.insert_note(3, 1, &rust_xlsxwriter::Note::new("哪一天?")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (bytes, good) = reject(&bytes, "表.xlsx");
    assert_eq!(good, 1);
    let book = read::workbook(&bytes, "表.xlsx", &Limits::default()).unwrap();
    let sheet = &book.sheets[0];
    let texts: Vec<String> = sheet.lines.iter().map(|line| line.cell(1).text().into_owned()).collect();
    assert_eq!(texts, ["2026年10月汇总", "单位", "甲校", "甲校", "填报人:李敏"]);
    assert_eq!(sheet.comments.keys().copied().collect::<Vec<_>>(), [(3, 2)]);
    assert_eq!(sheet.line(2).unwrap().cell(4).text(), EXPLANATION);
    // Rejecting what was given back changes nothing more: the explanation is passed over and written anew.
    let (again, good) = reject(&bytes, "表.xlsx");
    let second = read::workbook(&again, "表.xlsx", &Limits::default()).unwrap();
    assert_eq!((good, &second.sheets[0].lines), (0, &sheet.lines));
}
