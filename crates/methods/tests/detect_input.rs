//! Bad input of `yanpan detect`: a placed problem for each, and never a panic.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test file: what is missing shall fail loudly")]

use clap::Parser;
use proptest::prelude::*;
use yanpan_kernel::problem::Problem;
use yanpan_methods::Method;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    method: Method,
}

/// Runs a method over a table and parameters given as bytes.
fn detect(method: &str, table: &[u8], params: &[u8], compat: bool) -> Result<String, Vec<Problem>> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("in.csv"), table).unwrap();
    std::fs::write(path("p.json"), params).unwrap();
    let mut words = ["yanpan", "detect", "--method", method].map(str::to_owned).to_vec();
    for (option, name) in [("--input", "in.csv"), ("--params", "p.json"), ("--output", "out.csv")] {
        words.extend([option.to_owned(), path(name)]);
    }
    if compat {
        words.extend(["--compat".to_owned(), "r".to_owned()]);
    }
    yanpan_methods::run(Line::parse_from(words).method, false)?;
    Ok(std::fs::read_to_string(path("out.csv")).unwrap())
}

/// A table of one unit with these cells.
fn table(cells: &[&str]) -> Vec<u8> {
    let rows = cells.iter().enumerate().map(|(row, cell)| format!("{},{cell}\n", row + 1));
    format!("t,u\n{}", rows.collect::<String>()).into_bytes()
}

#[test]
fn every_impossible_count_is_told_at_its_row_and_column() {
    for bad in ["-1", "2.5", "NaN", "1e300", "三"] {
        let problems = detect("ears-c1", &table(&["1", bad, "3"]), b"{}", false).unwrap_err();
        assert_eq!((problems[0].place.row, problems[0].place.column.as_deref()), (Some(3), Some("u")), "{bad}");
    }
}

#[test]
fn times_and_dates_must_go_forward() {
    for bad in ["t,u\n1,1\n1,2\n", "t,u\n2,1\n1,2\n", "t,u\n1,1\n3,2\n"] {
        assert_eq!(detect("ears-c1", bad.as_bytes(), b"{}", false).unwrap_err()[0].place.row, Some(3));
    }
    let doubled = b"t,date,u\n1,2026-09-01,1\n2,2026-09-01,2\n";
    assert_eq!(detect("ears-c1", doubled, b"{}", false).unwrap_err()[0].place.column.as_deref(), Some("date"));
}

#[test]
fn a_misspelt_parameter_is_named_and_null_is_the_default() {
    let cells = table(&["1"; 20]);
    let problems = detect("ears-c1", &cells, br#"{"minSigmaa": 1}"#, false).unwrap_err();
    assert!(problems[0].message.contains("minSigmaa"));
    assert!(detect("ears-c1", &cells, br#"{"minSigma": null, "alpha": null}"#, false).is_ok());
    assert!(detect("ears-c1", &cells, br#"{"control": {"method": "C2"}}"#, false).is_err());
}

#[test]
fn a_series_shorter_than_its_baseline_is_refused() {
    for method in
        ["ears-c1", "ears-c2", "ears-c3", "bayes", "rki", "farrington", "farrington-flexible", "ewma", "delay"]
    {
        assert!(detect(method, &table(&["1", "2"]), b"{}", false).is_err(), "{method}");
    }
}

#[test]
fn zeros_and_an_enormous_spike_are_judged_by_default() {
    let mut cells = vec!["0"; 330];
    cells[329] = "1000000000";
    for method in
        ["ears-c1", "ears-c2", "ears-c3", "cusum", "bayes", "rki", "farrington", "farrington-flexible", "ewma"]
    {
        let out = detect(method, &table(&cells), br#"{"range": [330, 330]}"#, false).unwrap();
        assert!(out.lines().nth(1).unwrap().split(',').nth(4) == Some("1"), "{method}: {out}");
    }
}

/// Everything the command can be given, from bytes: the long run of `make fuzz`.
#[test]
#[ignore = "runs for as long as SECONDS_TO_FUZZ says"]
fn fuzz_the_whole_command() {
    let asked = std::env::var_os("SECONDS_TO_FUZZ").and_then(|text| text.into_string().ok());
    let seconds = asked.and_then(|text| text.parse().ok()).unwrap_or(60);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let mut runner = proptest::test_runner::TestRunner::default();
    while std::time::Instant::now() < until {
        let case = (tables(), parameters(), 0..METHODS.len(), any::<bool>());
        let run = |(table, params, which, compat): (Vec<u8>, String, usize, bool)| {
            let _ = detect(METHODS[which], &table, params.as_bytes(), compat);
            Ok(())
        };
        runner.run(&case, run).unwrap();
    }
}

const METHODS: [&str; 16] = [
    "ears-c1",
    "ears-c2",
    "ears-c3",
    "cusum",
    "bayes",
    "rki",
    "farrington",
    "farrington-flexible",
    "glr-pois",
    "glr-nb",
    "delay",
    "ewma",
    "scan-pb-poisson",
    "scan-eb-poisson",
    "scan-eb-negbin",
    "scan-permutation",
];

/// Tables: counts that look right, with a few bytes turned over.
fn tables() -> impl Strategy<Value = Vec<u8>> {
    let cells = proptest::collection::vec((0_u32..40, 0_u32..3), 1..70);
    (cells, proptest::collection::vec((any::<u16>(), any::<u8>()), 0..3)).prop_map(|(cells, turned)| {
        let rows = cells.iter().enumerate().map(|(t, (a, b))| format!("{},{a},{b}\n", t + 1));
        let mut bytes = format!("t,u,v\n{}", rows.collect::<String>()).into_bytes();
        for (place, byte) in turned {
            let length = bytes.len();
            bytes[usize::from(place) % length] = byte;
        }
        bytes
    })
}

/// Parameters: known names with values of any kind.
fn parameters() -> impl Strategy<Value = String> {
    let names = [
        "freq",
        "range",
        "b",
        "w",
        "alpha",
        "noPeriods",
        "limit54",
        "k",
        "h",
        "m",
        "trans",
        "baseline",
        "minSigma",
        "pastWeeksNotIncluded",
        "zones",
        "max_duration",
        "n_mcsim",
        "c.ARL",
        "mu0",
        "M",
        "Mtilde",
        "lambda",
        "L",
        "type",
        "thetas",
        "trend",
        "actY",
    ];
    let values = [
        "0",
        "1",
        "2",
        "4",
        "12",
        "-1",
        "0.5",
        "1e308",
        "null",
        "true",
        "[3, 40]",
        "[]",
        "\"glm\"",
        "\"default\"",
        "[[1], [1, 2]]",
        "{\"S\": 2}",
        "99",
    ];
    proptest::collection::vec((0..names.len(), 0..values.len()), 0..6).prop_map(move |pairs| {
        let fields: Vec<String> = pairs.iter().map(|(n, v)| format!("\"{}\": {}", names[*n], values[*v])).collect();
        format!("{{{}}}", fields.join(", "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_parameters_make_it_panic(table in tables(), params in parameters(), which in 0..METHODS.len(), compat in any::<bool>()) {
        let _ = detect(METHODS[which], &table, params.as_bytes(), compat);
    }

    #[test]
    fn no_bytes_make_it_panic(table in proptest::collection::vec(any::<u8>(), 0..200), params in "[\\PC]{0,60}") {
        let _ = detect("ears-c1", &table, params.as_bytes(), false);
    }

    #[test]
    fn no_counts_make_it_panic(cells in proptest::collection::vec(0_u64..2_000_000_000_000, 1..80), which in 0..METHODS.len()) {
        let text: Vec<String> = cells.iter().map(u64::to_string).collect();
        let cells: Vec<&str> = text.iter().map(String::as_str).collect();
        for compat in [false, true] {
            let _ = detect(METHODS[which], &table(&cells), br#"{"freq": 12, "c.ARL": 3}"#, compat);
        }
    }
}
