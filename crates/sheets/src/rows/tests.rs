//! Rows as people leave them.

use super::*;
use crate::layout::{self, Hints};
use crate::names::{Entry, List, Match};
use crate::{Choice, Column, Kind, Limits};

fn target() -> Target {
    let options = vec![Choice::new("open", "整改中", &[]), Choice::new("done", "已整改", &["完成"])];
    let columns = vec![
        Column::new("unit", "单位", Kind::Unit).required(),
        Column::new("on", "日期", Kind::Date).required(),
        Column::new("state", "情况", Kind::Choice { options }),
        Column::new("by", "负责人", Kind::Person),
        Column::new("note", "说明", Kind::Text),
    ];
    Target { key: "t".into(), title: "表".into(), columns }
}

struct Names(List);

impl Resolver for Names {
    fn unit(&self, name: &str) -> Match {
        self.0.find(name)
    }
    fn person(&self, _: &str, _: Option<&str>) -> Match {
        Match::None
    }
}

fn rows_of(body: &str) -> (Vec<Row>, Skipped) {
    rows_with(body, false, None)
}

fn rows_with(body: &str, resolve: bool, corrections: Option<&Corrections>) -> (Vec<Row>, Skipped) {
    let text = format!("2026年10月汇总表\n序号,单位,日期,情况,负责人,说明\n{body}");
    let (target, list) =
        (target(), Names(List::new(vec![Entry { id: "7".into(), name: "天乐园幼儿园".into(), ..Entry::default() }])));
    let workbook = crate::read::workbook(text.as_bytes(), "表.csv", &Limits::default()).unwrap();
    let layout = layout::find(&workbook, &target, &Hints::default());
    let how = Reading { resolver: resolve.then_some(&list as &dyn Resolver), corrections, ..Reading::default() };
    let mut rows = read(&workbook, &layout.found[0], &target, how);
    (rows.by_ref().collect(), rows.skipped().clone())
}

#[test]
fn the_same_as_above_is_carried_down_and_remembered_for_a_row_taken_alone() {
    let (rows, _) = rows_of("1,甲校,10.8,整改中,李 敏,\n2,同上,〃,已整改(见图),〃,/\n");
    assert_eq!(rows[1].get("unit").unwrap().to_string(), "甲校");
    assert_eq!(rows[1].get("on").unwrap().to_string(), "2026-10-08");
    assert_eq!(rows[1].get("by").unwrap().to_string(), "李敏");
    assert_eq!((rows[1].get("note"), rows[1].remarks.get("state").map(String::as_str)), (None, Some("见图")));
    assert_eq!(rows[1].carried, [(2, "甲校".into()), (3, "10.8".into()), (5, "李 敏".into())]);
}

#[test]
fn the_same_as_nothing_is_a_finding() {
    let (rows, _) = rows_of("1,同上,10.8,,,\n");
    assert_eq!(rows[0].findings[0].problem.slug, "cell-same-as-nothing");
}

#[test]
fn rows_that_are_no_records_are_counted_by_reason() {
    let body = "1,2,3,4,5,6\n示例,某校,10.1,,,\n1,甲校,10.8,,,\n2,,,,,\n序号,单位,日期,情况,负责人,说明\n,乙校,10.9,,,\n合 计,,2,,,\n本月无新增,,,,,\n填报人:李敏,,审核人:郑伟,,,\n";
    let (rows, skipped) = rows_of(body);
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let statements = vec![(10, "本月无新增".to_owned())];
    let wanted =
        Skipped { blank: 1, totals: 1, footers: 1, headers: 2, examples: 1, continued: 0, sections: 0, statements };
    assert_eq!(skipped, wanted);
}

#[test]
fn every_wrong_cell_is_named_and_a_good_one_beside_it_kept() {
    let (rows, _) = rows_of("1,甲校,10月40日,已经整改,,x\n");
    let found: Vec<_> =
        rows[0].findings.iter().map(|f| (f.problem.place.row, f.column, f.suggestion.as_deref())).collect();
    assert_eq!(found, [(Some(3), 3, None), (Some(3), 4, Some("已整改"))]);
    assert_eq!(rows[0].get("note").unwrap().to_string(), "x");
}

#[test]
fn a_near_unit_is_asked_about_and_a_correction_settles_all_alike() {
    let all = "1,天乐圆幼儿园,10.8,,,\n2,天乐圆幼儿园,10.9,,,\n";
    let (rows, _) = rows_with(all, true, None);
    assert!(rows.iter().all(|row| row.findings[0].suggestion.as_deref() == Some("天乐园幼儿园")));
    let mut corrections = Corrections::default();
    corrections.add("unit", "天乐圆幼儿园", "天乐园幼儿园");
    let (rows, _) = rows_with(all, true, Some(&corrections));
    assert!(rows.iter().all(Row::is_good));
}

#[test]
fn a_correction_of_one_cell_leaves_its_like_alone_and_fills_a_blank_one() {
    let mut corrections = Corrections::default();
    corrections.cells.insert(("表".into(), 3, "unit".into()), "天乐园幼儿园".into());
    corrections.cells.insert(("表".into(), 4, "on".into()), "10.9".into());
    let body = "1,天乐圆幼儿园,10.8,,,\n2,天乐园幼儿园,,,,\n3,天乐圆幼儿园,10.9,,,\n";
    let (rows, _) = rows_with(body, true, Some(&corrections));
    let name = rows[0].sheet.to_string();
    assert_eq!(name, "表");
    assert_eq!(rows.iter().map(Row::is_good).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(rows[1].get("on").unwrap().to_string(), "2026-10-09");
}
