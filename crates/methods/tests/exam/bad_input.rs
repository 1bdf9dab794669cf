//! Bad input gives placed problems or flagged items, never a panic and never a silent NaN.

use super::support::{exam, table};
use proptest::prelude::*;
use serde_json::Value;
use std::path::PathBuf;

/// Writes `text` as a CSV and runs the words on it, parameters and tables into the same folder.
fn on(text: impl AsRef<[u8]>, words: &[&str]) -> (tempfile::TempDir, Result<serde_json::Map<String, Value>, String>) {
    let folder = tempfile::tempdir().unwrap();
    let input: PathBuf = folder.path().join("marks.csv");
    std::fs::write(&input, text).unwrap();
    let output = folder.path().join("out.csv");
    let rest = ["--input", input.to_str().unwrap(), "--output", output.to_str().unwrap()];
    let result = exam(&[words, &rest[..]].concat());
    (folder, result)
}

fn refusal(text: &str, words: &[&str]) -> String {
    on(text, words).1.unwrap_err()
}

#[test]
fn every_bad_cell_is_named_with_its_line_and_column() {
    let message = refusal("id,A,B\n1,1,0\n2,三,-1\n3,0,1e9\n", &["ctt"]);
    for part in ["第3行 「A」列:「三」不是数字", "第3行 「B」列:「-1」不在允许的范围内"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn lines_are_counted_over_quoted_line_breaks() {
    let message = refusal("name,A,B\n\"张\n三\",1,0\n李四,x,1\n", &["ctt"]);
    assert!(message.contains("第4行 「A」列"), "{message}");
}

#[test]
fn a_short_row_and_a_repeated_column_are_refused() {
    assert!(refusal("A,B\n1,0\n1\n", &["ctt"]).contains("第3行:这一行有 1 格，表头有 2 格"));
    assert!(refusal("A,A\n1,0\n", &["ctt"]).contains("列「A」出现了两次"));
}

#[test]
fn a_mark_above_the_full_mark_is_refused_at_its_cell() {
    let folder = tempfile::tempdir().unwrap();
    let (marks, items) = (folder.path().join("m.csv"), folder.path().join("i.csv"));
    std::fs::write(&marks, "A,B\n1,0\n3,1\n").unwrap();
    std::fs::write(&items, "item,max\nA,2\nB,1\n").unwrap();
    let words = ["ctt", "--input", marks.to_str().unwrap(), "--items", items.to_str().unwrap()];
    let message = exam(&words).unwrap_err();
    assert!(message.contains("第3行 「A」列") && message.contains("高于满分 2"), "{message}");
}

#[test]
fn no_pupil_one_pupil_and_no_item_are_refused() {
    assert!(refusal("A,B\n", &["ctt"]).contains("没有数据行"));
    assert!(refusal("A,B\n1,0\n", &["ctt"]).contains("至少要 2 名"));
    assert!(refusal("A,B\n1,0\n", &["irt"]).contains("至少要 2 道"));
    assert!(refusal("id\n1\n2\n", &["ctt"]).contains("至少要 1 道"));
    assert!(refusal("", &["ctt"]).contains("没有数据行"));
}

#[test]
fn all_right_or_all_wrong_is_a_flag_in_the_table_and_a_refusal_by_a_model() {
    let (folder, result) = on("A,B\n1,0\n1,0\n1,0\n", &["ctt"]);
    assert_eq!(result.unwrap()["alpha"], Value::Null);
    let (header, rows) = table(&folder.path().join("out.csv"));
    let flag = header.iter().position(|name| name == "flag").unwrap();
    assert!(rows.iter().all(|row| row[flag].contains("constant")));
    assert!(refusal("A,B\n1,0\n1,0\n1,0\n", &["irt"]).contains("全对、全错"));
}

#[test]
fn constant_and_repeated_items_and_empty_categories_are_flagged_and_the_rest_is_fitted() {
    let mut text = "A,B,C,D,E\n".to_owned();
    for row in 0..60 {
        let bit = |shift: u32| (row * 7 + row / 3) >> shift & 1;
        let gap = if bit(2) == 1 { 3 } else { bit(0) };
        text.push_str(&format!("{},{},{},1,{gap}\n", bit(0), bit(1), bit(0)));
    }
    let report = on(text, &["irt", "--model", "mixed", "--max-cycles", "200"]).1.unwrap();
    let flags: Vec<(&str, &str)> = report["flags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["item"].as_str().unwrap(), one["flag"].as_str().unwrap()))
        .collect();
    for expected in [("D", "constant"), ("C", "duplicate"), ("E", "empty categories")] {
        assert!(flags.contains(&expected), "{flags:?}");
    }
    assert_eq!(report["items"], 4);
}

#[test]
fn a_right_wrong_model_refuses_an_item_with_more_marks() {
    let message = refusal("A,B\n1,2\n0,1\n1,0\n0,0\n", &["irt", "--model", "2pl"]);
    assert!(message.contains("「B」列") && message.contains("3 种得分"), "{message}");
}

#[test]
fn options_out_of_range_are_all_named() {
    let text = "A,B\n1,0\n0,1\n1,1\n";
    let message = refusal(text, &["irt", "--tol", "0", "--guess-sd", "-1", "--nodes", "2"]);
    for name in ["tol", "guess-sd", "nodes"] {
        assert!(message.contains(name), "{message}");
    }
    assert!(refusal(text, &["irt", "--model", "3pl", "--no-guess-prior"]).contains("1000 名"));
}

#[test]
fn absent_not_reached_blank_and_zero_are_four_things() {
    let (folder, result) = on("A,B\n1,0\n1,\n1,NR\n0,1\n缺考,缺考\nNA,1\n", &["ctt"]);
    let report = result.unwrap();
    assert_eq!((&report["n"], &report["left_out"]), (&Value::from(4), &Value::from(2)));
    let (header, rows) = table(&folder.path().join("out.csv"));
    let cell = |name: &str| rows[1][header.iter().position(|other| other == name).unwrap()].clone();
    assert_eq!((cell("P"), cell("blank"), cell("not_reached")), ("0.25".into(), "1".into(), "1".into()));
    assert_eq!(cell("P_reached").parse::<f64>().unwrap(), 1.0 / 3.0);
}

fn linked(base: &str, new: &str, words: &[&str]) -> Result<serde_json::Map<String, Value>, String> {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("b.csv"), folder.path().join("n.csv"));
    std::fs::write(&first, base).unwrap();
    std::fs::write(&second, new).unwrap();
    exam(&[&["link", "--base", first.to_str().unwrap(), "--new", second.to_str().unwrap()], words].concat())
}

#[test]
fn an_unknown_anchor_a_doubled_parameter_and_another_model_are_placed() {
    let paper = "item,par,est\nA,a1,1\nA,d,0\nB,a1,1.5\nB,d,1\nC,a1,1\nC,d,2\n";
    assert!(linked(paper, paper, &["--anchors", "A,B,X"]).unwrap_err().contains("「X」"));
    let doubled = linked(&format!("{paper}A,d,3\n"), paper, &[]).unwrap_err();
    assert!(doubled.contains("第8行") && doubled.contains("出现了两次"), "{doubled}");
    let graded = "item,par,est\nA,a1,1\nA,d1,1\nA,d2,0\nB,a1,1.5\nB,d,1\nC,a1,1\nC,d,2\n";
    assert!(linked(paper, graded, &[]).unwrap_err().contains("模型或等级数不同"));
}

#[test]
fn rates_out_of_order_are_refused() {
    assert!(refusal("A,B\n1,0\n0,1\n", &["ctt", "--pass", "0.9"]).contains("优秀线"));
    assert!(refusal("A,B\n1,0\n0,1\n", &["ctt", "--band", "0"]).contains("band"));
}

fn nothing_is_nan(value: &Value) -> bool {
    !value.to_string().contains("NaN")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_give_a_table_or_problems(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for words in [&["ctt"][..], &["scores"], &["irt", "--max-cycles", "20"]] {
            let (_folder, result) = on(&bytes, words);
            prop_assert!(result.map_or_else(|message| !message.is_empty(), |report| nothing_is_nan(&Value::Object(report))));
        }
    }

    #[test]
    fn any_small_table_of_marks_gives_finite_figures_or_problems(
        rows in proptest::collection::vec(proptest::collection::vec(prop_oneof![
            Just("0"), Just("1"), Just("2"), Just("0.5"), Just(""), Just("NA"), Just("缺考"), Just("NR")], 4), 1..12),
        model in prop_oneof![Just("rasch"), Just("2pl"), Just("3pl"), Just("gpcm"), Just("graded"), Just("mixed")],
    ) {
        let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = format!("A,B,C,D\n{}\n", lines.join("\n"));
        for words in [&["ctt"][..], &["irt", "--m2", "--max-cycles", "30", "--model", model]] {
            let (folder, result) = on(&text, words);
            if let Ok(report) = result {
                prop_assert!(nothing_is_nan(&Value::Object(report)));
                let written = std::fs::read_to_string(folder.path().join("out.csv")).unwrap();
                prop_assert!(!written.contains("NaN") && !written.contains("inf"), "{written}");
            }
        }
    }
}
