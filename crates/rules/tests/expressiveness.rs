//! Can the language say what the field's rules say? Eight return-to-school rules, a triage, a risk matrix, a guard.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use yanpan_kernel::calendar::{CHINA, Calendar};
use yanpan_rules::{
    Circumstance, DecisionTable, Expression, HitPolicy, Names, Row, RuleSource, Signature, Type, Value, Vocabulary,
    cell,
};

struct Person {
    answers: BTreeMap<String, Value>,
    calendar: Calendar,
}

impl Names for Person {
    fn name(&self, name: &str) -> Option<Value> {
        match name {
            "person" => Some(Value::map(self.answers.clone())),
            "now" => Some(Value::Date(date(2021, 8, 30))),
            _ => None,
        }
    }

    fn calendar(&self) -> Option<&Calendar> {
        Some(&self.calendar)
    }
}

fn person(answers: &str) -> Person {
    let json: serde_json::Value = serde_json::from_str(answers).unwrap();
    let Value::Map(answers) = Value::from_json(&json, &declared()).unwrap() else { unreachable!("a record is a map") };
    Person { answers: (*answers).clone(), calendar: Calendar::read("calendar-cn.json", CHINA).0 }
}

fn declared() -> Type {
    let stay = Type::record([
        ("left", Type::Date),
        ("risk", Type::choice(["低", "中", "高"])),
        ("same_county", Type::Bool),
        ("same_city", Type::Bool),
        ("abroad", Type::Bool),
    ]);
    Type::record([
        ("stays", Type::list(stay)),
        ("nucleic_on", Type::Date),
        ("nucleic", Type::choice(["阴性", "阳性"])),
        ("health_code", Type::choice(["绿", "黄", "红"])),
        ("close_contact", Type::Bool),
        ("symptoms", Type::list(Type::choice(["干咳", "乏力", "咽痛", "嗅(味)觉减退", "腹泻"]))),
        ("household", Type::choice(["本市", "外市"])),
        ("temperature", Type::Number),
    ])
}

fn vocabulary() -> Vocabulary {
    Vocabulary::new().with("person", declared()).with("now", Type::Date)
}

fn row(id: &str, when: &str, outcome: &str) -> Row {
    Row {
        id: id.to_owned(),
        text: outcome.to_owned(),
        when: if when.is_empty() { Vec::new() } else { vec![Expression::parse(when).expect(when)] },
        then: BTreeMap::from([("outcome".to_owned(), Value::from(outcome))]),
        source: RuleSource { document: "秋季开学工作方案".to_owned(), clause: id.to_owned() },
        verified: true,
        valid_from: Some(date(2021, 8, 25)),
        valid_to: Some(date(2022, 12, 7)),
        regions: Vec::new(),
        kinds: Vec::new(),
    }
}

fn returning() -> DecisionTable {
    let recent = "person.stays.exists(stay, days(stay.left, now) <= 14 &&";
    let tested = "person.nucleic == '阴性' && days(person.nucleic_on, now) <= 2";
    let rows = vec![
        row("八", &format!("{recent} stay.abroad)"), "按重点地区管理"),
        row("七", "person.close_contact || person.nucleic == '阳性' || person.health_code == '红'", "暂缓返校"),
        row("六", "person.symptoms.size() > 0 || person.temperature >= 37.3", "暂缓返校"),
        row("五", &format!("{recent} stay.risk == '高')"), "暂缓返校"),
        row("四", &format!("{recent} stay.risk == '中' && !stay.same_county)"), "按重点地区管理"),
        row("三", "person.health_code != '绿'", "需批准"),
        row("二", &format!("person.household == '外市' && !({tested})"), "采样后返校"),
        row("一甲", &format!("{recent} !stay.same_city)"), "正常入学并继续14天监测"),
        row("一", "person.health_code == '绿'", "正常返校"),
        row("兜底", "", "需批准"),
    ];
    DecisionTable { key: "return".to_owned(), hit: HitPolicy::First, rows }
}

#[test]
fn the_eight_rules_of_return_decide_and_are_without_fault() {
    assert_eq!(returning().check(&vocabulary()), []);
    let check = |answers: &str, row: &str, outcome: &str| {
        let decision = returning().decide(&person(answers), &Circumstance::on(date(2021, 8, 30))).unwrap();
        assert_eq!(
            (decision.row(), decision.outcome("outcome")),
            (Some(row), Some(&Value::from(outcome))),
            "{answers}"
        );
    };
    check(r#"{"health_code": "绿", "household": "本市", "stays": [], "symptoms": []}"#, "一", "正常返校");
    check(r#"{"health_code": "绿", "household": "外市"}"#, "二", "采样后返校");
    check(
        r#"{"health_code": "绿", "household": "外市", "nucleic": "阴性", "nucleic_on": "2021-08-29"}"#,
        "一",
        "正常返校",
    );
    check(
        r#"{"health_code": "绿", "household": "外市", "nucleic": "阴性", "nucleic_on": "2021-08-27"}"#,
        "二",
        "采样后返校",
    );
    check(
        r#"{"health_code": "绿", "stays": [{"left": "2021-08-20", "risk": "低", "same_city": false}]}"#,
        "一甲",
        "正常入学并继续14天监测",
    );
    check(r#"{"health_code": "绿", "stays": [{"left": "2021-08-15", "risk": "高"}]}"#, "一", "正常返校");
    check(r#"{"health_code": "绿", "stays": [{"left": "2021-08-16", "risk": "高"}]}"#, "五", "暂缓返校");
    check(r#"{"health_code": "绿", "stays": [{"left": "2021-08-16", "abroad": true}]}"#, "八", "按重点地区管理");
    check(r#"{"health_code": "绿", "symptoms": ["咽痛"]}"#, "六", "暂缓返校");
    check(r#"{"health_code": "绿", "temperature": 37.3}"#, "六", "暂缓返校");
    check(r#"{"health_code": "黄"}"#, "三", "需批准");
    check("{}", "兜底", "需批准");
}

#[test]
fn an_expired_version_decides_nothing_and_an_old_decision_keeps_its_row() {
    let healthy = person(r#"{"health_code": "绿"}"#);
    let later = returning().decide(&healthy, &Circumstance::on(date(2026, 9, 1))).unwrap();
    assert_eq!((later.row(), later.tried.len()), (None, 0));
    let stored =
        serde_json::to_value(returning().decide(&healthy, &Circumstance::on(date(2021, 9, 1))).unwrap()).unwrap();
    assert_eq!(stored["hits"][0]["source"]["clause"], "一");
    assert_eq!(stored["hits"][0]["valid_from"], "2021-08-25");
    assert_eq!(stored["tried"].as_array().map(Vec::len), Some(9));
}

#[test]
fn why_a_rule_did_not_hold_is_told_with_the_answers() {
    let ill = person(r#"{"health_code": "黄", "temperature": 36.5}"#);
    let table = returning();
    let normal = table.rows.iter().find(|row| row.id == "一").unwrap();
    let explanation = normal.explain(&ill);
    let reason = explanation.first().unwrap().reasons()[0];
    assert_eq!(reason.text, "person.health_code == '绿'");
    assert_eq!(reason.read, [("person.health_code".to_owned(), Value::from("黄"))]);
}

#[test]
fn the_triage_at_the_gate_is_guards_over_measurements() {
    let measurement = Type::record([("value", Type::Number), ("minutes", Type::Int)]);
    let triage = Type::record([
        ("measurements", Type::list(measurement)),
        ("symptoms", Type::list(Type::Text)),
        ("unwell", Type::Bool),
    ]);
    let vocabulary = Vocabulary::new().with("triage", triage);
    let check = |guard: &str, triage: &str, expected: bool| {
        let expression = Expression::parse(guard).unwrap();
        assert_eq!(expression.check_as(&vocabulary, &Type::Bool), [], "{guard}");
        let names = BTreeMap::from([("triage".to_owned(), triage.parse::<Value>().unwrap())]);
        assert_eq!(expression.holds(&names), Ok(expected), "{guard} over {triage}");
    };
    let fever = "last(triage.measurements).value >= 37.3";
    let ill = "coalesce(triage.symptoms.size(), 0) > 0 || triage.unwell";
    check(fever, r#"{"measurements": [{"value": 37.5}, {"value": 37.2}]}"#, false);
    check(fever, r#"{"measurements": [{"value": 37.3}]}"#, true);
    check(fever, r#"{"measurements": []}"#, false);
    check(fever, "{}", false);
    check(ill, r#"{"symptoms": ["干咳"]}"#, true);
    check(ill, r#"{"unwell": true}"#, true);
    check(ill, "{}", false);
    let waited =
        "triage.measurements.size() == 1 ? triage.measurements[0].minutes >= 5 : triage.measurements[1].minutes >= 15";
    check(waited, r#"{"measurements": [{"value": 37.5, "minutes": 4}]}"#, false);
    check(waited, r#"{"measurements": [{"value": 37.5, "minutes": 6}, {"value": 37.4, "minutes": 15}]}"#, true);
}

#[test]
fn a_table_of_cells_grades_a_risk_by_likelihood_and_severity() {
    let bands: [(&str, &str); 4] = [("20 .. 25", "红"), ("15 .. 19", "橙"), ("9 .. 14", "黄"), ("-", "蓝")];
    let rows = bands.map(|(band, colour)| {
        let when = cell("point.likelihood * point.severity", band).unwrap();
        Row { when: when.into_iter().collect(), valid_from: None, valid_to: None, ..row(colour, "", colour) }
    });
    let table = DecisionTable { key: "colour".to_owned(), hit: HitPolicy::First, rows: rows.into() };
    let point = Type::record([("likelihood", Type::Int), ("severity", Type::Int)]);
    assert_eq!(table.check(&Vocabulary::new().with("point", point)), []);
    let check = |l: i64, s: i64, colour: &str| {
        let point = Value::map([("likelihood", Value::Int(l)), ("severity", Value::Int(s))]);
        let names = BTreeMap::from([("point".to_owned(), point)]);
        let decision = table.decide(&names, &Circumstance::on(date(2026, 1, 1))).unwrap();
        assert_eq!(decision.row(), Some(colour), "{l} × {s}");
    };
    check(5, 4, "红");
    check(4, 4, "橙");
    check(3, 3, "黄");
    check(2, 4, "蓝");
}

#[test]
fn a_deadline_is_an_expression_of_dates() {
    let found: Date = date(2026, 9, 28);
    let case = Value::map([("found", Value::Date(found)), ("level", Value::from("重大"))]);
    let vocabulary = Vocabulary::new()
        .with("case", Type::record([("found", Type::Date), ("level", Type::choice(["一般", "重大"]))]))
        .with_function("jurisdiction", Signature { target: None, parameters: vec![], returns: Type::Bool });
    let due =
        Expression::parse("case.level == '重大' ? add_working_days(case.found, 5) : add_days(case.found, 30)").unwrap();
    assert_eq!(due.check_as(&vocabulary, &Type::Date), []);
    let names = Person { answers: BTreeMap::new(), calendar: Calendar::read("calendar-cn.json", CHINA).0 };
    struct Over<'a>(&'a Person, Value);
    impl Names for Over<'_> {
        fn name(&self, name: &str) -> Option<Value> {
            (name == "case").then(|| self.1.clone())
        }
        fn calendar(&self) -> Option<&Calendar> {
            self.0.calendar()
        }
    }
    // 29 and 30 September, 8, 9 and the make-up Saturday 10 October.
    assert_eq!(due.evaluate(&Over(&names, case)), Ok(Value::Date(date(2026, 10, 10))));
}
