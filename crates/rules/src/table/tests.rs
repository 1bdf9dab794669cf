//! Tables decide by the row they name, and are refused when they cannot decide.

use super::*;
use crate::evaluate::NoNames;
use crate::vocabulary::{Type, Vocabulary};
use jiff::civil::date;

fn row(id: &str, when: &str, level: &str) -> Row {
    Row {
        id: id.to_owned(),
        text: String::new(),
        when: if when.is_empty() { Vec::new() } else { vec![Expression::parse(when).unwrap()] },
        then: BTreeMap::from([("level".to_owned(), Value::from(level))]),
        source: RuleSource::default(),
        verified: true,
        valid_from: None,
        valid_to: None,
        regions: Vec::new(),
        kinds: Vec::new(),
    }
}

fn table(hit: HitPolicy, rows: Vec<Row>) -> DecisionTable {
    DecisionTable { key: "grade".to_owned(), hit, rows }
}

fn names(d: i64) -> BTreeMap<String, Value> {
    BTreeMap::from([("d".to_owned(), Value::Int(d))])
}

fn lec() -> DecisionTable {
    table(
        HitPolicy::First,
        vec![
            row("red", "d >= 320", "红"),
            row("orange", "d >= 160", "橙"),
            row("yellow", "d >= 70", "黄"),
            row("blue", "", "蓝"),
        ],
    )
}

#[test]
fn the_first_row_that_holds_decides_and_says_what_was_tried() {
    let on = Circumstance::on(date(2026, 11, 23));
    let check = |d: i64, expected: &str, tried: usize| {
        let decision = lec().decide(&names(d), &on).unwrap();
        assert_eq!((decision.outcome("level"), decision.tried.len()), (Some(&Value::from(expected)), tried), "{d}");
    };
    check(320, "红", 1);
    check(319, "橙", 2);
    check(70, "黄", 3);
    check(69, "蓝", 4);
    let stored = serde_json::to_value(lec().decide(&names(200), &on).unwrap()).unwrap();
    assert_eq!(stored["hits"][0]["row"], "orange");
    assert_eq!(stored["tried"][0], serde_json::json!({"row": "red", "holds": false}));
}

#[test]
fn a_collecting_table_names_every_row_that_holds() {
    let table = DecisionTable { hit: HitPolicy::Collect, ..lec() };
    let decision = table.decide(&names(200), &Circumstance::on(date(2026, 1, 1))).unwrap();
    let rows: Vec<&str> = decision.hits.iter().map(|hit| hit.row.as_str()).collect();
    assert_eq!(rows, ["orange", "yellow", "blue"]);
}

#[test]
fn rows_hold_on_their_days_in_their_regions_and_for_their_kinds() {
    let old = Row { valid_to: Some(date(2026, 8, 31)), ..row("r", "", "旧") };
    let new = Row { valid_from: Some(date(2026, 9, 1)), ..row("r", "", "新") };
    let local = Row { regions: vec!["510000".to_owned()], ..row("local", "", "川") };
    let kindergarten = Row { kinds: vec!["幼儿园".to_owned()], ..row("kind", "", "园") };
    let table = table(HitPolicy::First, vec![kindergarten, local, old, new]);
    let check = |on: Date, region: Option<&str>, kind: Option<&str>, expected: &str| {
        let decision = table.decide(&NoNames, &Circumstance { on, region, kind }).unwrap();
        assert_eq!(decision.outcome("level"), Some(&Value::from(expected)));
    };
    check(date(2026, 8, 31), None, None, "旧");
    check(date(2026, 9, 1), None, None, "新");
    check(date(2026, 9, 1), Some("510104"), None, "川");
    check(date(2026, 9, 1), Some("520104"), Some("小学"), "新");
    check(date(2026, 9, 1), Some("510104"), Some("幼儿园"), "园");
    assert_eq!(
        table.check(&Vocabulary::new()).len(),
        1,
        "two versions in turn are no duplicates, but no default lasts"
    );
}

#[test]
fn a_fault_in_a_condition_names_its_row_and_decides_nothing() {
    let table = table(HitPolicy::First, vec![row("a", "d == 'x'", "甲"), row("b", "", "乙")]);
    let fault = table.decide(&names(1), &Circumstance::on(date(2026, 1, 1))).unwrap_err();
    assert_eq!(fault.to_string(), "规则「a」：整数和文字不能比较(第1个条件第1行第1列)");
}

#[test]
fn a_table_that_cannot_decide_is_refused() {
    let vocabulary = Vocabulary::new().with("d", Type::Int);
    let check = |rows: Vec<Row>, part: &str| {
        let faults = table(HitPolicy::First, rows).check(&vocabulary);
        let text: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(text.iter().any(|text| text.contains(part)) && faults.len() == 1, "{part}: {text:?}");
    };
    let other = |id: &str| row(id, "", "其他");
    check(vec![], "缺少兜底规则");
    check(vec![row("a", "d > 1", "甲")], "缺少兜底规则");
    check(vec![row("a", "d > 1", "甲"), row("a", "d > 2", "乙"), other("z")], "「a」有两个版本在同一时间有效");
    check(vec![other("z"), row("a", "d > 1", "甲")], "永远轮不到：前面的「z」");
    check(vec![row("a", "d > 1", "甲"), row("b", "d > 1", "乙"), other("z")], "永远轮不到：前面的「a」");
    check(vec![row("a", "e > 1", "甲"), other("z")], "不认识的名称「e」");
    check(vec![row("a", "d + 1", "甲"), other("z")], "结果应为是/否");
    check(vec![row("", "d > 1", "甲"), other("z")], "没有编号");
    check(
        vec![Row { then: BTreeMap::new(), ..row("a", "d > 1", "") }, row("b", "d > 2", "乙"), other("z")],
        "缺少结果「level」",
    );
    let reversed =
        Row { valid_from: Some(date(2026, 2, 1)), valid_to: Some(date(2026, 1, 1)), ..row("a", "d > 1", "甲") };
    check(vec![reversed, other("z")], "早于生效日期");
    assert!(lec().check(&vocabulary).is_empty());
}

#[test]
fn a_cell_is_a_short_condition_on_its_column() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(cell("t", text).unwrap().map(|condition| condition.to_string()).as_deref(), expected, "{text}");
    };
    check("", None);
    check(" - ", None);
    check(" >= 37.3", Some("t >= 37.3"));
    check("'低', '中'", Some("t in ['低', '中']"));
    check("true", Some("t in [true]"));
    check("null", Some("t == null"));
    check("'1..2'", Some("t in ['1..2']"));
    check("70 .. 159", Some("t >= (70) && t <= (159)"));
    let column = |text: &str| cell("temperature", text).unwrap_err().first().map(|fault| fault.column);
    assert_eq!(column("  >= "), Some(5));
    assert_eq!(column("'低', 中"), Some(6));
    assert_eq!(column("1 .. 二"), Some(6));
}
