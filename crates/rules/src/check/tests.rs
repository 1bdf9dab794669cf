//! What a vocabulary does not allow is said at its place with the nearest thing that it does.

use crate::expression::Expression;
use crate::vocabulary::{Signature, Type, Vocabulary};

fn vocabulary() -> Vocabulary {
    let part = Type::record([("name", Type::Text), ("ok", Type::Bool)]);
    let case = Type::record([
        ("level", Type::choice(["一般", "重大"])),
        ("due", Type::Date),
        ("days", Type::Int),
        ("funds", Type::Number),
        ("parts", Type::list(part)),
        ("rectified_by", Type::Text),
    ]);
    let jurisdiction = Signature { target: Some(Type::Any), parameters: vec![Type::Any], returns: Type::Bool };
    Vocabulary::new()
        .with("case", case)
        .with("actor", Type::Text)
        .with("grant", Type::Any)
        .with("unit", Type::Any)
        .with("now", Type::Date)
        .with_function("role", Signature { target: None, parameters: vec![Type::Text], returns: Type::Bool })
        .with_function("jurisdiction", jurisdiction)
}

#[test]
fn a_guard_of_a_pack_passes() {
    for text in [
        "role('inspector') && actor != case.rectified_by && (case.level != '重大' || grant.jurisdiction(unit))",
        "case.due < now && days(case.due, now) > 3 && case.funds / 2 >= 1.5",
        "case.parts.exists(p, !p.ok && p.name.contains('门'))",
        "(case.funds == null ? 0 : case.funds) > 1 && case.level in ['一般']",
        "last(case.parts).ok && first([1, 2.5]) > 2",
        "max(case.due, now) == now && coalesce(case.days, 0) > 1 && 'a' + actor != ''",
    ] {
        let faults = Expression::parse(text).unwrap().check_as(&vocabulary(), &Type::Bool);
        assert!(faults.is_empty(), "{text}: {faults:?}");
    }
}

#[test]
fn a_mistake_is_named_with_what_was_probably_meant() {
    let check = |text: &str, column: u32, part: &str| {
        let faults = Expression::parse(text).unwrap().check_as(&vocabulary(), &Type::Bool);
        let fault = faults.first().unwrap_or_else(|| panic!("no fault in {text}"));
        assert_eq!(fault.column, column, "{text}: {fault}");
        assert!(fault.message.contains(part), "{text}: {fault}");
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
    };
    check("cas.level == '重大'", 1, "不认识的名称「cas」，是不是想写「case」？");
    check("case.levle == '重大'", 6, "没有「levle」这一项，是不是想写「level」？");
    check("case.level == '重大隐'", 15, "「重大隐」不是选项，是不是想写「重大」？");
    check("case.level in ['一般', '紧急']", 22, "「紧急」不是选项，选项有：一般、重大");
    check("roles('a')", 1, "不认识的函数「roles」，是不是想写「role」？");
    check("actor.containz('a')", 1, "是不是想写「contains」？");
    check("role('a', 'b')", 1, "「role」要 1 个参数，现在是 2 个");
    check("role(3)", 6, "「role」的参数应为文字，现在是整数");
    check("jurisdiction(unit)", 1, "应写成 对象.jurisdiction(…)");
    check("case.due == '2026-10-01'", 1, "日期要写成 date('2026-10-01')");
    check("case.due + 3 > now", 1, "add_days");
    check("case.days == actor", 1, "整数和文字不能比较");
    check("case.level > '一般'", 1, "不分大小");
    check("case.days && true", 1, "应为是/否，现在是整数");
    check("case.parts.exists(p, p.okay)", 24, "是不是想写「ok」？");
    check("case.parts.exists(case, true)", 1, "与已有的名称相同");
    check("actor.exists(p, true)", 1, "这里应为列表，现在是文字");
    check("case.days.level == 1", 1, "整数没有「level」这一项");
    check("case.days", 1, "结果应为是/否，现在是整数");
    check("days(actor, now) > 1", 6, "「days」这里要日期，现在是文字");
    check("max(case.due, 1) == 1", 1, "「max」不能用于日期、整数");
}

#[test]
fn every_mistake_is_named_not_only_the_first() {
    let expression = Expression::parse("cas.level == 1 && case.levle == 2 && fly()").unwrap();
    assert_eq!(expression.check(&vocabulary()).len(), 3);
}
