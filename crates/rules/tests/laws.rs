//! Laws that hold of every expression: it ends with a value or a placed fault, and what is missing is never compared.

use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;
use yanpan_rules::{Expression, Type, Value, Vocabulary};

/// Any expression at all, well typed or not.
fn any(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop::sample::select(vec![
        "null",
        "true",
        "0",
        "1",
        "2.50",
        "9223372036854775807",
        "999999999999999999999999999.5",
        "'重大'",
        "''",
        "n",
        "missing",
        "text",
        "list",
        "map",
        "day",
        "map.key",
        "map.none",
        "list[0]",
        "list[9]",
        "date('2026-10-31')",
        "[]",
    ])
    .prop_map(str::to_owned);
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = any(depth - 1);
    let two = (inner.clone(), inner.clone());
    prop_oneof![
        1 => leaf,
        4 => (two.clone(), prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"]))
            .prop_map(|((a, b), op)| format!("({a}) {op} ({b})")),
        1 => (inner.clone(), prop::sample::select(vec!["!", "-"])).prop_map(|(a, op)| format!("{op}({a})")),
        1 => (two.clone(), inner.clone()).prop_map(|((a, b), c)| format!("({a}) ? ({b}) : ({c})")),
        2 => (inner.clone(), prop::sample::select(vec!["size", "date", "year", "min", "max", "sum", "abs", "round", "floor", "ceil", "coalesce", "first", "last"]))
            .prop_map(|(a, f)| format!("{f}({a})")),
        2 => (two.clone(), prop::sample::select(vec!["days", "working_days", "add_days", "add_working_days", "age", "round", "min", "max", "contains", "fly"]))
            .prop_map(|((a, b), f)| format!("{f}({a}, {b})")),
        2 => (two, prop::sample::select(vec!["exists", "all", "exists_one", "filter", "map"])).prop_map(|((a, b), f)| format!("({a}).{f}(x, {b})")),
        1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a}, {b}]")),
        1 => (inner.clone(), inner).prop_map(|(a, b)| format!("({a})[{b}]")),
    ]
    .boxed()
}

fn names() -> BTreeMap<String, Value> {
    BTreeMap::from([
        ("n".to_owned(), Value::Int(-7)),
        ("missing".to_owned(), Value::Null),
        ("text".to_owned(), Value::from("隐患")),
        ("list".to_owned(), Value::list([Value::Int(1), Value::Null, Value::from("a")])),
        ("map".to_owned(), Value::map([("key", Value::Bool(true))])),
        ("day".to_owned(), Value::Date(date(2026, 11, 23))),
    ])
}

fn vocabulary() -> Vocabulary {
    Vocabulary::new()
        .with("n", Type::Int)
        .with("missing", Type::Any)
        .with("text", Type::Text)
        .with("list", Type::list(Type::Any))
        .with("map", Type::record([("key", Type::Bool), ("none", Type::Number)]))
        .with("day", Type::Date)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_expression_ends_with_a_value_or_a_placed_fault(text in any(3)) {
        let expression = Expression::parse(&text);
        prop_assert!(expression.is_ok(), "{}: {:?}", text, expression);
        let expression = expression.unwrap_or_else(|_| unreachable!());
        match expression.evaluate(&names()) {
            Ok(value) => {
                prop_assert_eq!(Ok(value.clone()), expression.evaluate(&names()));
                prop_assert_eq!(expression.explain(&names()).value, value);
            }
            Err(fault) => prop_assert!(fault.line == 1 && usize::try_from(fault.column).is_ok_and(|column| column <= text.chars().count())),
        }
        for fault in expression.check(&vocabulary()) {
            prop_assert!(!fault.message.is_empty());
        }
    }

    #[test]
    fn a_missing_answer_compares_false_and_computes_missing(text in any(2)) {
        let evaluate = |text: &str| Expression::parse(text).ok().and_then(|expression| expression.evaluate(&names()).ok());
        if evaluate(&text).is_some_and(|value| value != Value::Null) || evaluate(&text).is_none() {
            return Ok(());
        }
        for comparison in ["==", "!=", "<", "<=", ">", ">="] {
            prop_assert_eq!(evaluate(&format!("({text}) {comparison} 1")), Some(Value::Bool(text == "null" && comparison == "!=")));
        }
        for operation in ["+", "-", "*", "/", "%"] {
            prop_assert_eq!(evaluate(&format!("({text}) {operation} 1")), Some(Value::Null));
        }
        prop_assert_eq!(evaluate(&format!("({text}) == null")), Some(Value::Bool(true)));
    }

    #[test]
    fn a_value_survives_json(whole in prop::num::i64::ANY, scale in 0u32..20, text in "\\PC{0,8}", truth in prop::bool::ANY) {
        let decimal = yanpan_rules::Decimal::new(whole, scale);
        let value = Value::map([
            ("decimal", Value::from(decimal)),
            ("list", Value::list([Value::Int(whole), Value::Bool(truth), Value::Null])),
            ("text", Value::from(text)),
        ]);
        let declared = Type::record([("decimal", Type::Number), ("list", Type::list(Type::Any)), ("text", Type::Text)]);
        let read = Value::from_json(&value.to_json(), &declared);
        let expected = value.to_json();
        prop_assert_eq!(read.map(|value| value.to_json()), Ok(expected));
    }
}
