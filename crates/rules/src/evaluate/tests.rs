//! Evaluation stays within its bounds and explains itself.

use super::*;
use crate::expression::Expression;
use std::collections::BTreeMap;

fn evaluate(text: &str, names: &dyn Names) -> Evaluated {
    Expression::parse(text).unwrap().evaluate(names)
}

#[test]
fn costly_expressions_are_stopped() {
    let many = Value::list((0..1000).map(Value::Int));
    let names = BTreeMap::from([("many".to_owned(), many), ("text".to_owned(), Value::from("a".repeat(50_000)))]);
    let check = |text: &str| {
        let fault = evaluate(text, &names).unwrap_err();
        assert!(fault.message.contains("计算量过大") || fault.message.contains("文字过长"), "{text}: {fault}");
    };
    check("many.exists(a, many.exists(b, many.exists(c, a + b + c < 0)))");
    check("many.map(a, many).map(b, b) == many.map(a, many).map(b, b)");
    check("many.all(a, many in [many, many] || many == many)");
    check("many.map(a, text + text) == many");
    check("text + text + text == ''");
    check("many.all(a, text.matches('a*a*b') || true)");
    check(&format!("[1]{}.size() == 1", ".map(x, [x, x])".repeat(25)));
    check(&format!("[1]{} == [2]", ".map(x, [x, x])".repeat(25)));
}

#[test]
fn lists_within_reason_are_not_stopped() {
    let names = BTreeMap::from([("many".to_owned(), Value::list((0..300).map(Value::Int)))]);
    assert_eq!(evaluate("many.exists(a, many.exists(b, a + b == 598))", &names), Ok(Value::Bool(true)));
}

#[test]
fn a_refusal_names_the_conditions_that_failed_and_what_they_read() {
    let case = Value::map([("level", Value::from("重大")), ("by", Value::from("张")), ("parts", Value::Null)]);
    let names = BTreeMap::from([("case".to_owned(), case), ("actor".to_owned(), Value::from("张"))]);
    let text = "actor != case.by && (case.level == '一般' || case.parts.exists(p, p.ok)) && has(actor)";
    let explanation = Expression::parse(text).unwrap().explain(&names);
    assert!(!explanation.holds());
    let reasons: Vec<String> = explanation
        .reasons()
        .iter()
        .map(|reason| {
            let read: Vec<String> = reason.read.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("{} [{}]", reason.text, read.join(" "))
        })
        .collect();
    assert_eq!(
        reasons,
        [
            "actor != case.by [actor='张' case.by='张']",
            "case.level == '一般' [case.level='重大']",
            "case.parts.exists(p, p.ok) [case.parts=null]",
        ]
    );
}

#[test]
fn an_explanation_keeps_the_faults_that_evaluation_stepped_over() {
    let explanation = Expression::parse("false && 1 / 0 == 1").unwrap().explain(&NoNames);
    assert_eq!(explanation.value, Value::Bool(false));
    let fault = explanation.parts.get(1).and_then(|part| part.fault.clone());
    assert_eq!(fault.map(|fault| fault.message), Some("除数为零".to_owned()));
}

#[test]
fn the_names_and_functions_used_are_listed_without_variables() {
    let text = "case.unit.name == x && list.exists(p, p.ok && role(p.name) && case.level == p.level)";
    let expression = Expression::parse(text).unwrap();
    let names: Vec<String> = expression.names_used().into_iter().collect();
    assert_eq!(names, ["case.level", "case.unit.name", "list", "x"]);
    assert_eq!(expression.functions_used().into_iter().collect::<Vec<_>>(), ["role"]);
}
