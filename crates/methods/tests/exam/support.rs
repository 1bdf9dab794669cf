//! Running the command line, reading what it wrote, comparing tables.

use clap::Parser;
use std::path::{Path, PathBuf};
use yanpan_methods::{Method, Report, run};

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    method: Method,
}

/// Runs the words; the report, or the problems as one text.
pub fn exam(words: &[&str]) -> Result<Report, String> {
    let line = Line::try_parse_from(["yanpan", "exam"].iter().chain(words)).map_err(|error| error.to_string())?;
    run(line.method, false).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// A file of a golden case.
pub fn golden(case: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case).join(name)
}

/// Header and rows of a CSV.
pub fn table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    (lines.next().unwrap(), lines.collect())
}

/// The JSON of a golden case.
pub fn expected_json(case: &str, name: &str) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(golden(case, name)).unwrap()).unwrap()
}

/// Compares the columns of `expected` with those of the same name in `actual`; `tolerance` by column and value.
pub fn compare(actual: &Path, expected: &Path, tolerance: impl Fn(&str, f64) -> f64) {
    let ((actual_header, actual), (header, expected)) = (table(actual), table(expected));
    assert!(actual.len() >= expected.len(), "{} rows, {} expected", actual.len(), expected.len());
    for (column, name) in header.iter().enumerate() {
        let found = actual_header.iter().position(|other| other == name).unwrap_or_else(|| panic!("no column {name}"));
        for (row, (actual, expected)) in actual.iter().zip(&expected).enumerate() {
            let (a, e) = (&actual[found], &expected[column]);
            match (a.parse::<f64>(), e.parse::<f64>()) {
                (Ok(a), Ok(e)) => {
                    let limit = tolerance(name, e);
                    assert!((a - e).abs() <= limit, "row {row}, {name}: {a} against {e}, tolerance {limit}");
                }
                _ => assert_eq!(a, e, "row {row}, {name}"),
            }
        }
    }
}
