//! Groups, knowledge points, cuts, grades, plausible values and links through the command line.

use super::support::{exam, golden, table};
use std::path::Path;

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn groups_and_knowledge_points_are_compared_with_everyone() {
    let folder = tempfile::tempdir().unwrap();
    let marks = write(folder.path(), "m.csv", "班级,A,B,C\n一,4,2,4\n一,2,2,2\n二,0,0,4\n二,2,0,2\n");
    let items = write(folder.path(), "i.csv", "item,max,knowledge\nA,4,数\nB,2,数\nC,4,形\n");
    let groups = folder.path().join("g.csv");
    let points = folder.path().join("k.csv");
    let words = ["ctt", "--input", &marks, "--items", &items, "--group", "班级", "--groups"];
    let more = [groups.to_str().unwrap(), "--knowledge", points.to_str().unwrap()];
    let report = exam(&[&words[..], &more[..]].concat()).unwrap();
    assert_eq!(report["excellent_rate"]["count"], 1);
    let (_, rows) = table(&groups);
    assert_eq!(rows[1][..4], ["一", "2", "8", "0.3333333333333333"]);
    let (_, rows) = table(&points);
    assert_eq!((rows[1][1].as_str(), rows[1][9].as_str()), ("形", "样本不足"));
    assert_eq!((rows[2][0].as_str(), rows[2][5].as_str()), ("一", "0.8333333333333333"));
}

#[test]
fn effective_cuts_count_only_pupils_present_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let scores = write(folder.path(), "s.csv", "姓名,语文,数学\n甲,80,40\n乙,60,20\n丙,缺考,100\n");
    let report = exam(&["scores", "--input", &scores, "--subjects", "语文,数学", "--cut", "120"]).unwrap();
    assert_eq!((&report["n"], &report["absent_somewhere"], &report["above_total"]), (&2.into(), &1.into(), &1.into()));
    assert_eq!(report["subjects"][0]["cut"], 84.0);
}

#[test]
fn grade_scores_come_from_the_named_table() {
    let folder = tempfile::tempdir().unwrap();
    let text: String = (1..=100).map(|score| format!("{score}\n")).collect();
    let scores = write(folder.path(), "s.csv", &format!("分数\n{text}"));
    let graded = folder.path().join("g.csv");
    exam(&["scores", "--input", &scores, "--grades", "3+1+2", "--graded", graded.to_str().unwrap()]).unwrap();
    assert_eq!(table(&graded).1[99], ["100", "100", "A", "100"]);
}

#[test]
fn a_paper_linked_to_itself_keeps_its_scale() {
    let folder = tempfile::tempdir().unwrap();
    let input = golden("p03_science_gpcm", "input.csv");
    let parameters = folder.path().join("p.csv");
    let path = parameters.to_str().unwrap();
    for model in ["gpcm", "graded"] {
        exam(&["irt", "--model", model, "--input", input.to_str().unwrap(), "--output", path]).unwrap();
        let report = exam(&["link", "--base", path, "--new", path]).unwrap();
        assert!((report["A"].as_f64().unwrap() - 1.0).abs() < 1e-9 && report["B"].as_f64().unwrap().abs() < 1e-9);
        assert_eq!(report["drifting"].as_array().unwrap().len(), 0);
    }
}

#[test]
fn the_same_bytes_come_out_of_one_thread_and_of_two() {
    let input = golden("p03_science_gpcm", "input.csv");
    let run = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        let words = ["irt", "--model", "graded", "--m2", "--threads", threads, "--input", input.to_str().unwrap()];
        let report = exam(&[&words[..], &["--output-dir", folder.path().to_str().unwrap()]].concat()).unwrap();
        let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        (serde_json::Value::Object(report).to_string(), text("params.csv"), text("scores.csv"), text("itemfit.csv"))
    };
    assert_eq!(run("1"), run("2"));
}
