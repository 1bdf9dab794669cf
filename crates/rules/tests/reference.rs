//! Where no answer is missing, expressions mean what the reference implementation of CEL says they mean.

use cel::{Context, Program};
use proptest::prelude::*;
use std::collections::BTreeMap;
use yanpan_rules::{Expression, Value};

/// Texts of whole numbers, of yes or no, and of texts, by depth. Quotients are left out: ours are exact.
fn number(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![(0..20i64).prop_map(|n| n.to_string()), Just("n".to_owned()), Just("m".to_owned())];
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = number(depth - 1);
    prop_oneof![
        2 => leaf,
        2 => (inner.clone(), prop::sample::select(vec!["+", "-", "*", "%"]), inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => inner.clone().prop_map(|a| format!("({a})")),
        1 => inner.clone().prop_map(|a| format!("-({a})")),
        1 => (truth(depth - 1), inner.clone(), inner).prop_map(|(t, a, b)| format!("({t} ? {a} : {b})")),
        1 => text(depth - 1).prop_map(|a| format!("size({a})")),
        1 => truth(0).prop_map(|t| format!("list.filter(x, x > n && {t}).size()")),
    ]
    .boxed()
}

fn text(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop::sample::select(vec!["'重大'", "'一般'", "\"a'b\"", "r'\\d'", "s", "''"]).prop_map(str::to_owned);
    if depth == 0 {
        return leaf.boxed();
    }
    prop_oneof![2 => leaf, 1 => (text(depth - 1), text(depth - 1)).prop_map(|(a, b)| format!("({a} + {b})"))].boxed()
}

fn truth(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![Just("true".to_owned()), Just("false".to_owned()), Just("t".to_owned())];
    if depth == 0 {
        return leaf.boxed();
    }
    let (inner, numbers, texts) = (truth(depth - 1), number(depth - 1), text(depth - 1));
    prop_oneof![
        1 => leaf,
        2 => (inner.clone(), prop::sample::select(vec!["&&", "||"]), inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => inner.clone().prop_map(|a| format!("!({a})")),
        1 => inner.clone().prop_map(|a| format!("({a})")),
        3 => (numbers.clone(), prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]), numbers.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => (texts.clone(), prop::sample::select(vec!["==", "!="]), texts.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => (texts.clone(), prop::sample::select(vec!["contains", "startsWith", "endsWith"]), texts).prop_map(|(a, f, b)| format!("{a}.{f}({b})")),
        1 => numbers.clone().prop_map(|a| format!("{a} in list")),
        1 => (prop::sample::select(vec!["exists", "all", "exists_one"]), numbers).prop_map(|(f, a)| format!("list.{f}(x, x > {a})")),
    ]
    .boxed()
}

fn names() -> BTreeMap<String, Value> {
    BTreeMap::from([
        ("n".to_owned(), Value::Int(7)),
        ("m".to_owned(), Value::Int(3)),
        ("s".to_owned(), Value::from("重大隐患")),
        ("t".to_owned(), Value::Bool(true)),
        ("list".to_owned(), Value::list([3, 7, 11].map(Value::Int))),
    ])
}

fn reference(text: &str) -> Option<cel::Value> {
    let mut context = Context::default();
    context.add_variable_from_value("n", 7i64);
    context.add_variable_from_value("m", 3i64);
    context.add_variable_from_value("s", "重大隐患");
    context.add_variable_from_value("t", true);
    context.add_variable_from_value("list", vec![3i64, 7, 11]);
    Program::compile(text).ok()?.execute(&context).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_value_is_that_of_the_reference(text in prop_oneof![truth(2), number(2), truth(3)]) {
        let ours = Expression::parse(&text).unwrap().evaluate(&names());
        match (ours, reference(&text)) {
            (Ok(Value::Bool(ours)), Some(cel::Value::Bool(theirs))) => prop_assert_eq!(ours, theirs, "{}", text),
            (Ok(Value::Int(ours)), Some(cel::Value::Int(theirs))) => prop_assert_eq!(ours, theirs, "{}", text),
            (Err(_), None) => {}
            // The reference forgives a remainder by zero on the left of a deciding operand, which we do not.
            (Err(fault), Some(_)) => {
                prop_assert!(fault.message == "除数为零" && (text.contains("&&") || text.contains("||")), "{}: {}", text, fault);
            }
            (ours, theirs) => prop_assert!(false, "{}: {:?} {:?}", text, ours, theirs),
        }
    }
}
