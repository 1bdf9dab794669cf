//! The public golden cases: LSAT 6, Science, API 99 (sources in each README).

use super::support::{compare, exam, expected_json, golden};
use serde_json::Value;

const LSAT: &str = "p01_lsat6_ctt_2pl_3pl";
const SCIENCE: &str = "p03_science_gpcm";
const API: &str = "p07_standard_scores_api99";

fn close(report: &serde_json::Map<String, Value>, expected: &Value, name: &str, tolerance: f64) {
    let (a, e) = (report[name].as_f64().unwrap(), expected[name].as_f64().unwrap());
    assert!((a - e).abs() <= tolerance, "{name}: {a} against {e}");
}

fn classical(case: &str) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("items.csv");
    let input = golden(case, "input.csv");
    let report = exam(&["ctt", "--input", input.to_str().unwrap(), "--output", output.to_str().unwrap()]).unwrap();
    compare(&output, &golden(case, "expected_ctt_items.csv"), |_, _| 1e-9);
    let expected = expected_json(case, "expected_ctt_test.json");
    for (name, value) in expected.as_object().unwrap() {
        if let Some(pair) = value.as_array() {
            for (a, e) in report[name].as_array().unwrap().iter().zip(pair) {
                assert!((a.as_f64().unwrap() - e.as_f64().unwrap()).abs() < 1e-9, "{name}: {a} against {e}");
            }
        } else {
            close(&report, &expected, name, 1e-9);
        }
    }
}

#[test]
fn the_classical_table_of_lsat6_agrees() {
    classical(LSAT);
}

#[test]
fn the_classical_table_of_science_agrees() {
    classical(SCIENCE);
}

#[test]
fn standard_scores_agree() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("scores.csv");
    let input = golden(API, "input.csv");
    let report = exam(&["scores", "--input", input.to_str().unwrap(), "--output", output.to_str().unwrap()]).unwrap();
    compare(&output, &golden(API, "expected.csv"), |_, _| 1e-9);
    let expected = expected_json(API, "expected.json");
    for name in ["n", "mean", "sd"] {
        close(&report, &expected, name, 1e-9);
    }
    for kind in ["quantiles_type6", "quantiles_type7"] {
        for (name, value) in expected[kind].as_object().unwrap() {
            assert!((report[kind][name].as_f64().unwrap() - value.as_f64().unwrap()).abs() < 1e-9, "{kind} {name}");
        }
    }
}

struct Case {
    data: &'static str,
    model: &'static str,
    key: &'static str,
    parameters: &'static str,
    scores: Option<&'static str>,
    loglik: f64,
    tolerance: f64,
}

fn model(case: &Case) {
    let folder = tempfile::tempdir().unwrap();
    let input = golden(case.data, "input.csv");
    let words = ["irt", "--model", case.model, "--input", input.to_str().unwrap(), "--output-dir"];
    let report = exam(&[&words[..], &[folder.path().to_str().unwrap()]].concat()).unwrap();
    let expected = &expected_json(case.data, "expected.json")[case.key];
    let objective = |of: &dyn Fn(&str) -> f64| of("loglik") + of("logprior");
    let reached = objective(&|name| report[name].as_f64().unwrap());
    let reference = objective(&|name| expected[name].as_f64().unwrap());
    assert!(reached > reference - case.loglik, "{reached} against {reference}");
    assert_eq!(report["npar"], expected["npar"]);
    assert_eq!(report["converged"], Value::Bool(true));
    for (name, tolerance) in [("loglik", case.loglik), ("aic", 2.0 * case.loglik), ("bic", 2.0 * case.loglik)] {
        close(&report, expected, name, tolerance);
    }
    for name in ["eap_marginal_reliability", "mean_eap", "var_eap", "latent_variance"] {
        if expected[name].is_number() {
            close(&report, expected, name, 1e-3);
        }
    }
    let parameters = |name: &str, value: f64| {
        let relative = if name == "se" { 0.02 } else { 0.005 };
        (relative * value.abs()).max(if name == "se" { 0.0 } else { case.tolerance })
    };
    compare(&folder.path().join("params.csv"), &golden(case.data, case.parameters), parameters);
    if let Some(scores) = case.scores {
        let limit = if case.model == "3pl" { 2e-3 } else { 1e-3 };
        compare(&folder.path().join("scores.csv"), &golden(case.data, scores), |_, _| limit);
    }
}

#[test]
fn the_2pl_of_lsat6_agrees() {
    let (parameters, scores) = ("expected_params_2pl.csv", Some("expected_scores_2pl.csv"));
    model(&Case { data: LSAT, model: "2pl", key: "twopl", parameters, scores, loglik: 2e-3, tolerance: 2e-3 });
}

#[test]
fn the_3pl_of_lsat6_agrees() {
    let (parameters, scores) = ("expected_params_3pl_map.csv", Some("expected_scores_3pl_map.csv"));
    model(&Case { data: LSAT, model: "3pl", key: "threepl_map", parameters, scores, loglik: 5e-3, tolerance: 2e-2 });
}

#[test]
fn the_rasch_model_of_lsat6_agrees() {
    let parameters = "expected_params_rasch.csv";
    model(&Case { data: LSAT, model: "rasch", key: "rasch", parameters, scores: None, loglik: 2e-3, tolerance: 2e-3 });
}

#[test]
fn the_gpcm_of_science_agrees() {
    let (parameters, scores) = ("expected_params_gpcm.csv", Some("expected_scores_gpcm.csv"));
    model(&Case { data: SCIENCE, model: "gpcm", key: "gpcm", parameters, scores, loglik: 2e-3, tolerance: 2e-3 });
}

#[test]
fn the_graded_model_of_science_agrees() {
    let parameters = "expected_params_graded.csv";
    model(&Case {
        data: SCIENCE,
        model: "graded",
        key: "graded",
        parameters,
        scores: None,
        loglik: 2e-3,
        tolerance: 2e-3,
    });
}

#[test]
fn the_pcm_of_science_agrees() {
    let parameters = "expected_params_pcm.csv";
    model(&Case { data: SCIENCE, model: "pcm", key: "pcm", parameters, scores: None, loglik: 2e-3, tolerance: 2e-3 });
}

#[test]
fn step_difficulties_and_test_information_agree() {
    let folder = tempfile::tempdir().unwrap();
    let science = golden(SCIENCE, "input.csv");
    let difficulties = folder.path().join("b.csv");
    let words = ["irt", "--model", "gpcm", "--input", science.to_str().unwrap(), "--difficulties"];
    exam(&[&words[..], &[difficulties.to_str().unwrap()]].concat()).unwrap();
    compare(&difficulties, &golden(SCIENCE, "expected_params_gpcm_IRT.csv"), |_, _| 2e-3);
    let lsat = golden(LSAT, "input.csv");
    let information = folder.path().join("info.csv");
    let words = ["irt", "--input", lsat.to_str().unwrap(), "--information", information.to_str().unwrap()];
    exam(&words).unwrap();
    compare(&information, &golden(LSAT, "expected_testinfo_2pl.csv"), |_, _| 1e-3);
}

#[test]
fn item_fit_and_m2_of_lsat6_agree() {
    let folder = tempfile::tempdir().unwrap();
    let input = golden(LSAT, "input.csv");
    let words = ["irt", "--m2", "--input", input.to_str().unwrap(), "--output-dir", folder.path().to_str().unwrap()];
    let report = exam(&words).unwrap();
    let expected = expected_json(LSAT, "expected.json");
    for (actual, expected) in
        report["item_fit_sx2"].as_array().unwrap().iter().zip(expected["item_fit_sx2"].as_array().unwrap())
    {
        for (name, value) in expected.as_object().unwrap().iter().skip(1) {
            let (a, e) = (actual[name].as_f64().unwrap(), value.as_f64().unwrap());
            assert!((a - e).abs() < 2e-3, "{expected} {name}: {a}");
        }
    }
    for (name, value) in expected["M2"].as_object().unwrap() {
        let (a, e) = (report["M2"][name].as_f64().unwrap(), value.as_f64().unwrap());
        assert!((a - e).abs() < 2e-3, "{name}: {a} against {e}");
    }
}
