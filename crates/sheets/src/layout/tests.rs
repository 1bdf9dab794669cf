//! Headers as people print them.

use super::*;
use crate::{Choice, Column, Kind, Limits, Target};

fn target() -> Target {
    let level =
        Kind::Choice { options: vec![Choice::new("general", "一般", &[]), Choice::new("major", "重大", &[])] };
    let columns = vec![
        Column::new("unit", "单位", Kind::Unit).also(&["学校名称"]).required(),
        Column::new("on", "排查时间", Kind::Date).required(),
        Column::new("place", "部位", Kind::Text),
        Column::new("level", "等级", level),
        Column::new("owner", "责任人", Kind::Person).also(&["整改责任人"]),
        Column::new("due", "整改时限", Kind::Date),
        Column::new("phone", "电话", Kind::Phone),
    ];
    Target { key: "t".into(), title: "表".into(), columns }
}

fn find_in(text: &str, hints: &Hints) -> Layout {
    let workbook = crate::read::workbook(text.as_bytes(), "表.csv", &Limits::default()).unwrap();
    find(&workbook, &target(), hints)
}

fn keys(layout: &Layout) -> Vec<(u32, &str)> {
    layout.found[0].bindings.iter().map(|binding| (binding.column, binding.key.as_str())).collect()
}

#[test]
fn a_header_of_two_lines_whose_merges_were_lost_is_read_by_its_leaves() {
    let text =
        "序号,学校名称,隐患情况,,,整改情况,\n,,排查时间,部位,等级,时限,责任人\n1,甲校,10.8,操场,一般,10.9,李敏\n";
    let layout = find_in(text, &Hints::default());
    assert_eq!(layout.found[0].header, (1, 2));
    assert_eq!(keys(&layout), [(2, "unit"), (3, "on"), (4, "place"), (5, "level"), (6, "due"), (7, "owner")]);
}

#[test]
fn ticked_columns_choose_an_option() {
    let text = "单位,排查时间,等级,\n,,一般,重大\n甲校,2026-10-08,√,\n";
    let layout = find_in(text, &Hints::default());
    let options: Vec<_> = layout.found[0].bindings.iter().map(|binding| binding.option.as_deref()).collect();
    assert_eq!(options, [None, None, Some("general"), Some("major")]);
}

#[test]
fn a_compound_goes_by_its_last_word_and_stays_a_question() {
    let layout = find_in("单位,排查时间,分管责任人电话\n甲校,2026-10-08,13800138000\n", &Hints::default());
    assert_eq!(keys(&layout), [(1, "unit"), (2, "on"), (3, "phone")]);
    assert!(layout.found[0].bindings[2].by == By::Likeness);
}

#[test]
fn values_below_a_heading_speak_against_a_guess() {
    let layout = find_in("单位,排查时间,单位等级\n甲校,2026-10-08,公办\n乙校,2026-10-08,民办\n", &Hints::default());
    assert_eq!(layout.found[0].unknown[0].heading, "单位等级");
    assert_eq!(layout.found[0].unknown[0].samples, ["公办", "民办"]);
}

#[test]
fn a_second_table_below_the_first_is_found() {
    let text = "单位,排查时间,部位\n甲校,2026-10-08,操场\n合计,1,\n\n排查时间,单位,等级\n2026-10-09,乙校,重大\n";
    let layout = find_in(text, &Hints::default());
    let places: Vec<_> = layout.found.iter().map(|found| (found.header, found.body)).collect();
    assert_eq!(places, [((1, 1), (2, 3)), ((5, 5), (6, 6))]);
}

#[test]
fn a_mapping_overrides_and_may_leave_a_column_out() {
    let mapping = Mapping::from_toml("\"哪里\" = \"place\"\n\"责任人\" = \"\"\n", "m.toml").unwrap();
    let hints = Hints { mapping: Some(mapping), ..Hints::default() };
    let layout = find_in("单位,排查时间,哪里,责任人\n甲校,2026-10-08,操场,李敏\n", &hints);
    assert_eq!(keys(&layout), [(1, "unit"), (2, "on"), (3, "place")]);
    assert!(layout.problems.is_empty());
}

#[test]
fn a_confirmed_mapping_is_remembered_for_the_same_layout_only() {
    let text = "单位,排查时间,哪里\n甲校,2026-10-08,操场\n";
    let mut mapping = find_in(text, &Hints::default()).found[0].mapping();
    mapping.headings.insert("哪里".into(), "place".into());
    let hints = Hints { remembered: vec![mapping], ..Hints::default() };
    assert_eq!(keys(&find_in(text, &hints)), [(1, "unit"), (2, "on"), (3, "place")]);
    assert_eq!(find_in("排查时间,单位,哪里\n2026-10-08,甲校,操场\n", &hints).found[0].unknown.len(), 1);
}

#[test]
fn a_wrong_mapping_is_named_by_line() {
    let problems = Mapping::from_toml("\"甲\" = \"place\"\n\"乙\" = 3\n", "m.toml").unwrap_err();
    assert_eq!(problems[0].place.line, Some(2));
    let mapping = Mapping::from_toml("\"甲\" = \"nowhere\"\n", "m.toml").unwrap();
    assert_eq!(mapping.check(&target()).len(), 1);
}

#[test]
fn periods_are_read_from_titles() {
    for (text, period) in [
        ("城关镇2026年10月清单", Some((2026, Some(10)))),
        ("二〇二六年度台账", Some((2026, None))),
        ("二〇二六年十一月台账", Some((2026, Some(11)))),
        ("2026-10 汇总", Some((2026, Some(10)))),
        ("2026—2027学年度第二学期", Some((2027, Some(4)))),
        ("2026年第三季度", Some((2026, Some(8)))),
        ("隐患清单", None),
    ] {
        assert_eq!(context::period(text), period, "{text}");
    }
}

#[test]
fn nothing_like_the_table_is_a_problem_that_lists_its_columns() {
    let layout = find_in("品名,数量\n粉笔,3\n", &Hints::default());
    assert!(layout.problems[0].message.contains("单位、排查时间"));
}

#[test]
fn a_poorer_table_above_a_richer_one_is_not_lost() {
    let text = "一、小学,,,,,\n单位,排查时间,部位,,,\n甲校,10.8,操场,,,\n,,,,,\n二、幼儿园,,,,,\n\
                学校名称,排查时间,部位,等级,责任人,整改时限\n乙校,10.9,厨房,一般,李敏,10.12\n";
    let layout = find_in(text, &Hints::default());
    assert_eq!(layout.found.iter().map(|found| found.header).collect::<Vec<_>>(), [(2, 2), (6, 6)], "{layout:#?}");
}
