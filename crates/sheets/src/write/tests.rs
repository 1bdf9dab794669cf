//! What we write, read back by ourselves.

use super::*;
use crate::layout::{self, Hints};
use crate::rows::{self, Decimal, Reading};
use crate::{Choice, Limits, Target, Value, read};
use jiff::civil::date;

fn target() -> Target {
    let level =
        Kind::Choice { options: vec![Choice::new("general", "一般", &[]), Choice::new("major", "重大", &[])] };
    let columns = vec![
        Column::new("text", "隐患描述", Kind::LongText).required().example("应急灯不亮"),
        Column::new("on", "排查时间", Kind::Date).required().example("2026-10-08"),
        Column::new("level", "级别", level),
        Column::new("funds", "资金", Kind::Decimal { unit: "万元".into(), scale: 2 }),
        Column::new("identity", "身份证号", Kind::IdentityNumber),
    ];
    Target { key: "t".into(), title: "隐患台账".into(), columns }
}

fn records() -> Vec<Record> {
    let record = |text: &str, level: &str| {
        vec![
            Some(Cell::Text(text.into())),
            Some(Cell::Date(date(2026, 10, 8))),
            Some(Cell::Choice(level.into())),
            Some(Cell::Decimal(Decimal { digits: 125, scale: 2 })),
            Some(Cell::Identity("11010519491231002X".into())),
        ]
    };
    vec![
        record("=1+1", "general"),
        record("应急灯不亮,\"共2盏\"\n第二行", "major"),
        vec![Some(Cell::Text("只有描述".into()))],
    ]
}

fn page() -> Page {
    Page {
        title: "某县2026年10月台账".into(),
        unit: Some("某县教育局".into()),
        date: Some("2026年11月4日".into()),
        totals: vec!["funds".into()],
        signatures: vec![("填报人".into(), "李敏".into()), ("审核人".into(), String::new())],
        numbered: true,
    }
}

fn back(bytes: &[u8], name: &str) -> (layout::Layout, Vec<rows::Row>) {
    let target = target();
    let workbook = read::workbook(bytes, name, &Limits::default()).unwrap();
    let layout = layout::find(&workbook, &target, &Hints::default());
    let rows = rows::read(&workbook, &layout.found[0], &target, Reading::default()).collect();
    (layout, rows)
}

#[test]
fn a_ledger_is_read_back_as_written() {
    let bytes = ledger(&page(), &target(), records().into_iter()).unwrap();
    let (layout, rows) = back(&bytes, "out.xlsx");
    assert_eq!((layout.problems.len(), rows.len()), (0, 3), "{:#?}", layout.problems);
    for (row, record) in rows.iter().zip(records()) {
        for (column, cell) in target().columns.iter().zip(record) {
            assert_eq!(row.get(&column.key), cell.as_ref());
        }
    }
    assert_eq!(layout.found[0].context.unit.as_deref(), Some("某县教育局"));
}

#[test]
fn equal_input_gives_equal_bytes() {
    let write = || ledger(&page(), &target(), records().into_iter()).unwrap();
    assert!(write() == write());
}

#[test]
fn totals_stand_below_and_are_exact() {
    let bytes = ledger(&page(), &target(), records().into_iter()).unwrap();
    let workbook = read::workbook(&bytes, "out.xlsx", &Limits::default()).unwrap();
    let total = workbook.sheets[0].lines.iter().find(|line| line.cell(1).text() == "合计").unwrap();
    assert_eq!(total.cell(5), &Value::Number(2.5));
}

#[test]
fn csv_has_a_mark_and_escapes_formulas_and_is_read_back() {
    let bytes = csv(&target(), records().into_iter());
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("\u{FEFF}隐患描述,排查时间,级别,资金(万元),身份证号\r\n'=1+1,2026-10-08,一般,1.25,"));
    let (_, rows) = back(&bytes, "out.csv");
    assert_eq!(rows[0].get("text"), Some(&Cell::Text("=1+1".into())));
    assert_eq!(rows[1].get("text"), records()[1][0].as_ref());
}

#[test]
fn a_template_explains_itself_and_its_example_is_not_imported() {
    let bytes = template(&target(), &["每月 3 日前报送".into()]).unwrap();
    let (layout, rows) = back(&bytes, "模板.xlsx");
    assert_eq!((layout.problems.len(), rows.len(), layout.found[0].bindings.len()), (0, 0, 5), "{layout:#?}");
    assert_eq!(layout.ignored[0].reason, "是填写说明");
}
