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

#[test]
fn every_result_says_its_method_its_parameters_and_the_hash_of_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let marks = write(folder.path(), "m.csv", "A,B,C\n1,0,1\n0,0,1\n1,1,0\n0,1,1\n1,1,1\n");
    let totals = write(folder.path(), "t.csv", "分数,语文\n3,1\n2,2\n");
    let parameters = write(folder.path(), "p.csv", "item,par,est\nA,a1,1\nA,d,0\nB,a1,2\nB,d,1\nC,a1,1\nC,d,2\n");
    let lines: [&[&str]; 5] = [
        &["ctt", "--input", &marks],
        &["irt", "--input", &marks, "--max-cycles", "5"],
        &["scores", "--input", &totals, "--column", "分数"],
        &["scores", "--input", &totals, "--subjects", "分数,语文", "--cut", "4"],
        &["link", "--base", &parameters, "--new", &parameters],
    ];
    for words in lines {
        let report = exam(words).unwrap();
        assert_eq!(report["data_sha256"].as_str().unwrap().len(), 64, "{words:?}");
        assert!(
            report["method"].as_str().unwrap().starts_with("exam ") && report["parameters"].is_object(),
            "{words:?}"
        );
    }
}

#[test]
fn a_summary_is_written_beside_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let totals = write(folder.path(), "t.csv", "分数\n3\n2\n");
    let output = folder.path().join("made/scores.csv");
    exam(&["scores", "--input", &totals, "--output", output.to_str().unwrap()]).unwrap();
    assert!(output.exists() && output.with_extension("json").exists());
}

#[test]
fn the_group_column_is_no_item_and_a_gb18030_file_reads_as_a_utf8_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = "校区,题一,题二\n东,1,0\n西,0,0\n东,1,1\n";
    let utf8 = write(folder.path(), "u.csv", text);
    let office = folder.path().join("g.csv");
    std::fs::write(&office, encoding_rs::GB18030.encode(text).0).unwrap();
    let run = |path: &str| exam(&["ctt", "--input", path, "--group", "校区"]).unwrap();
    let (first, second) = (run(&utf8), run(office.to_str().unwrap()));
    assert_eq!((&first["k"], &first["alpha"], &first["n"]), (&second["k"], &second["alpha"], &3.into()));
}

#[test]
fn a_model_per_item_is_fitted_together() {
    let folder = tempfile::tempdir().unwrap();
    let science = golden("p03_science_gpcm", "input.csv");
    let items = write(folder.path(), "i.csv", "item,model\nComfort,graded\nWork,gpcm\nFuture,pcm\nBenefit,graded\n");
    let output = folder.path().join("p.csv");
    let words = ["irt", "--input", science.to_str().unwrap(), "--items", &items, "--model", "mixed", "--output"];
    let report = exam(&[&words[..], &[output.to_str().unwrap()]].concat()).unwrap();
    assert_eq!((&report["converged"], &report["npar"]), (&true.into(), &15.into()));
    let (_, rows) = table(&output);
    let slope = rows.iter().find(|row| row[0] == "Future" && row[1] == "a1").unwrap();
    assert_eq!((slope[2].as_str(), slope[3].as_str()), ("1", ""));
}
