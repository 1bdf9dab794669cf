//! Every public case of R `surveillance` 1.20.3 and `scanstatistics` 1.0.2, through the words of the command line.
//!
//! Source of the cases: the R calls in each `tests/golden/detect/<case>/README.md`.

#![expect(clippy::unwrap_used, reason = "a test file: what is missing shall fail loudly")]

use clap::Parser;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use yanpan_methods::Method;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    method: Method,
}

fn method_of(case: &str) -> &'static str {
    let table = [
        ("bayes", "bayes"),
        ("bodaDelay", "delay"),
        ("cusum", "cusum"),
        ("ears_c1", "ears-c1"),
        ("ears_c2", "ears-c2"),
        ("ears_c3", "ears-c3"),
        ("farr_", "farrington"),
        ("flex_", "farrington-flexible"),
        ("glrpois", "glr-pois"),
        ("rki", "rki"),
        ("scan_eb_negbin", "scan-eb-negbin"),
        ("scan_pb", "scan-pb-poisson"),
    ];
    table.iter().find(|(start, _)| case.starts_with(start)).unwrap().1
}

type Rows = Vec<HashMap<String, String>>;

fn read(path: &Path) -> Rows {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| header.iter().map(|h| (*h).to_owned()).zip(line.split(',').map(str::to_owned)).collect();
    lines.map(row).collect()
}

fn value(text: &str) -> f64 {
    if text == "NA" { f64::NAN } else { text.parse().unwrap() }
}

/// Whether two cells agree: alarms exactly, delay's bound within one count, the rest to 1e-6.
fn agree(case: &str, column: &str, expected: f64, found: f64) -> bool {
    if expected.is_nan() || found.is_nan() {
        return expected.is_nan() == found.is_nan();
    }
    let absolute = match (column, case) {
        ("alarm" | "observed", _) => return expected == found,
        ("upperbound", case) if case.starts_with("bodaDelay") => 1.0,
        (_, case) if case.contains("all_zero") => 1e-6,
        _ => 0.0,
    };
    expected == found || (expected - found).abs() <= absolute + 1e-6 * expected.abs().max(found.abs())
}

fn run(folder: &Path, output: &Path) {
    let case = folder.file_name().unwrap().to_str().unwrap();
    let path = |name: &str| folder.join(name).display().to_string();
    let mut words: Vec<String> =
        ["yanpan", "detect", "--method", method_of(case), "--compat", "r"].map(Into::into).into();
    words.extend(["--params".into(), path("meta.json"), "--input".into(), path("input.csv")]);
    words.extend(["--output".into(), output.display().to_string()]);
    for (name, option) in
        [("locations.csv", "--locations"), ("baselines.csv", "--baselines"), ("overdisp.csv", "--overdispersion")]
    {
        if folder.join(name).exists() {
            words.extend([option.to_owned(), path(name)]);
        }
    }
    yanpan_methods::run(Line::parse_from(words).method, false).unwrap();
}

#[test]
fn every_public_case_agrees_with_r() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/detect");
    let scratch = tempfile::tempdir().unwrap();
    let mut cases = 0;
    for entry in std::fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path();
        let case = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let output = scratch.path().join("out.csv");
        run(&folder, &output);
        let (expected, found) = (read(&folder.join("expected.csv")), read(&output));
        assert_eq!(expected.len(), found.len(), "{case}");
        let keys = if case.starts_with("scan") { ["zone", "duration"] } else { ["unit", "t"] };
        let index: HashMap<_, _> = found.iter().map(|row| (keys.map(|key| row[key].clone()), row)).collect();
        for row in &expected {
            let other = index[&keys.map(|key| row[key].clone())];
            for (column, text) in row.iter().filter(|(column, _)| !keys.contains(&column.as_str())) {
                // with the delta threshold R's mu0Vector has no meaning
                let meaningless = column == "mu0Vector" && !(case.contains("nbPlugin") || case.contains("muan"));
                let fits = meaningless || agree(&case, column, value(text), value(&other[column]));
                assert!(fits, "{case} {row:?} {column}: {}", other[column]);
            }
        }
        cases += 1;
    }
    assert_eq!(cases, 22);
}
