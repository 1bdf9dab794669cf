//! The public golden cases (sources and tolerances in each folder's README.md), run through the command line.

use crate::line::{Bench, golden};
use serde_json::Value;
use yanpan_methods::table::Table;

/// Relative tolerance with an absolute floor.
fn close(found: f64, expected: f64, (relative, absolute): (f64, f64)) -> bool {
    (found - expected).abs() <= (relative * expected.abs()).max(absolute)
}

/// Every expected column, cell by cell.
pub fn same_table(found: &Table, expected: &Table, tolerance: impl Fn(&str) -> (f64, f64)) {
    assert_eq!(found.rows.len(), expected.rows.len());
    for name in &expected.header {
        let (here, there) = (found.column(name).unwrap(), expected.column(name).unwrap());
        for row in 0..expected.rows.len() {
            let (left, right) = (found.text(row, here), expected.text(row, there));
            match (left.parse::<f64>(), right.parse::<f64>()) {
                (Ok(left), Ok(right)) => {
                    assert!(close(left, right, tolerance(name)), "{name} row {row}: {left} ≠ {right}");
                }
                _ => assert_eq!(left, right, "{name} row {row}"),
            }
        }
    }
}

/// Every expected member, deep.
pub fn same_json(found: &Value, expected: &Value, path: &str, tolerance: &dyn Fn(&str) -> (f64, f64)) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (key, value) in expected {
                same_json(found.get(key).unwrap_or(&Value::Null), value, &format!("{path}.{key}"), tolerance);
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{path}");
            for (left, right) in found.iter().zip(expected) {
                same_json(left, right, path, tolerance);
            }
        }
        (Value::Number(left), Value::Number(right)) => {
            let (left, right) = (left.as_f64().unwrap(), right.as_f64().unwrap());
            assert!(close(left, right, tolerance(path)), "{path}: {left} ≠ {right}");
        }
        _ => assert_eq!(found, expected, "{path}"),
    }
}

pub fn json(case: &str, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(golden(case, name)).unwrap()).unwrap()
}

#[test]
fn p04_rates_agree() {
    const CASE: &str = "p04_insteval_departments_wilson_eb";
    let bench = Bench::new();
    let input = golden(CASE, "input_counts.csv");
    let report = bench.run(&format!("survey rates --input {} --output @out.csv", input.display())).unwrap();
    let expected = Table::read(&golden(CASE, "expected_units.csv")).unwrap();
    same_table(&bench.table("out.csv"), &expected, |column| match column {
        "eb_mean" => (0.0, 1e-6),
        "eb_lo" | "eb_hi" => (0.0, 1e-5),
        "shrink_B" | "prob_above_overall" => (1e-4, 1e-12),
        name if name.starts_with("p_") || name == "binom_p2" => (1e-8, 1e-300),
        _ => (1e-10, 1e-10),
    });
    let mut expected = json(CASE, "expected_summary.json");
    expected.as_object_mut().unwrap().remove("vgam_crosscheck");
    same_json(&Value::Object(report), &expected, "", &|path| match path {
        ".beta_binomial_mle.loglik" => (0.0, 1e-6),
        name if name.starts_with(".beta_binomial_mle") => (1e-4, 1e-9),
        _ => (1e-10, 1e-10),
    });
}

#[test]
fn p05_raking_agrees() {
    const CASE: &str = "p05_apistrat_raking";
    let bench = Bench::new();
    let file = |name| golden(CASE, name).display().to_string();
    let words = format!(
        "survey rake --input {} --weight pw --strata stype --fpc fpc --margin {} --margin {} --estimate api00,enroll --output @out.csv",
        file("input_sample.csv"),
        file("input_margin_1.csv"),
        file("input_margin_2.csv"),
    );
    let report = bench.run(&words).unwrap();
    let expected = Table::read(&golden(CASE, "expected_weights.csv")).unwrap();
    same_table(&bench.table("out.csv"), &expected, |_| (1e-7, 0.0));
    same_json(&Value::Object(report), &json(CASE, "expected.json"), "", &|path| {
        if path.ends_with("_se") { (1e-5, 0.0) } else { (1e-7, 0.0) }
    });
}

#[test]
fn p06_composite_agrees() {
    const CASE: &str = "p06_composite_states";
    let bench = Bench::new();
    let file = |name| golden(CASE, name).display().to_string();
    let words = format!(
        "index build --input {} --negative Illiteracy,Murder,Frost --draws {} --output @out.csv --weights-output @weights.csv",
        file("input.csv"),
        file("input_weight_draws.csv"),
    );
    let report = bench.run(&words).unwrap();
    let expected = |name| Table::read(&golden(CASE, name)).unwrap();
    same_table(&bench.table("out.csv"), &expected("expected_units.csv"), |_| (1e-9, 1e-9));
    same_table(&bench.table("weights.csv"), &expected("expected_weights.csv"), |_| (1e-9, 1e-9));
    same_json(&Value::Object(report), &json(CASE, "expected.json"), "", &|_| (1e-9, 1e-9));
}

#[test]
fn p08_ahp_agrees_and_warns() {
    const CASE: &str = "p08_ahp_saaty_school";
    let bench = Bench::new();
    let report = bench.run(&format!("index ahp --input {}", golden(CASE, "input.csv").display())).unwrap();
    assert!(report["warnings"][0].as_str().unwrap().contains("CR = 0.229"), "{report:?}");
    same_json(&Value::Object(report), &json(CASE, "expected.json"), "", &|_| (1e-8, 1e-8));
}
