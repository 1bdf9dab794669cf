//! The semantics of expressions, case by case, from the file that the browser's evaluator is tested with too.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value as Json;
use std::collections::BTreeMap;
use yanpan_kernel::calendar::{CHINA, Calendar};
use yanpan_rules::{Expression, Fault, Names, Type, Value};

struct Host {
    names: BTreeMap<String, Value>,
    calendar: Calendar,
}

impl Names for Host {
    fn name(&self, name: &str) -> Option<Value> {
        if name == "grant" { Some(Value::Null) } else { self.names.get(name).cloned() }
    }

    fn call(&self, function: &str, target: Option<&Value>, arguments: &[Value]) -> Option<Result<Value, String>> {
        match (function, target, arguments) {
            ("role", None, [role]) => Some(Ok(Value::Bool(*role == Value::from("inspector")))),
            ("jurisdiction", Some(_), [Value::Map(_)]) => Some(Ok(Value::Bool(true))),
            _ => None,
        }
    }

    fn calendar(&self) -> Option<&Calendar> {
        Some(&self.calendar)
    }
}

/// `{"$date": "2026-10-12"}` stands for a date, which JSON lacks.
fn value(json: &Json) -> Value {
    match json {
        Json::Object(members) => match members.get("$date") {
            Some(date) => Value::from_json(date, &Type::Date).unwrap(),
            None => Value::map(members.iter().map(|(key, json)| (key.clone(), value(json)))),
        },
        Json::Array(items) => Value::list(items.iter().map(value)),
        other => Value::from_json(other, &Type::Any).unwrap(),
    }
}

fn evaluate(text: &str, host: &Host) -> Result<Value, Fault> {
    Expression::parse(text).map_err(|faults| faults.first().unwrap().clone())?.evaluate(host)
}

#[test]
fn every_case_of_the_shared_file_holds() {
    let file: Json = serde_json::from_str(include_str!("cases.json")).unwrap();
    let Value::Map(names) = value(&file["names"]) else { panic!("names are a map") };
    let host = Host { names: (*names).clone(), calendar: Calendar::read("calendar-cn.json", CHINA).0 };
    let cases = file["cases"].as_array().unwrap();
    let mut wrong = Vec::new();
    for case in cases {
        let text = case["expression"].as_str().unwrap();
        let found = evaluate(text, &host);
        let right = match (&found, case.get("fault")) {
            (Ok(found), None) => found.to_json() == case["value"],
            (Err(fault), Some(expected)) => {
                expected["line"] == fault.line
                    && expected["column"] == fault.column
                    && fault.message.contains(expected["contains"].as_str().unwrap())
            }
            _ => false,
        };
        if !right {
            wrong.push(format!("{text}\n    found {found:?}\n    wanted {case}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() > 150);
}

#[test]
fn the_trees_that_the_browser_evaluates_are_those_of_the_cases() {
    let file: Json = serde_json::from_str(include_str!("cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap().iter().map(|case| case["expression"].as_str().unwrap());
    let trees: BTreeMap<&str, Json> = cases
        .map(|text| (text, Expression::parse(text).map_or(Json::Null, |expression| expression.to_tree())))
        .collect();
    let lines: Vec<String> =
        trees.iter().map(|(text, tree)| format!("  {}: {tree}", serde_json::to_string(text).unwrap())).collect();
    let current = format!("{{\n{}\n}}\n", lines.join(",\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/trees.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &current).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), current, "write it anew with UPDATE=1");
}
