//! The order of the columns of `yanpan detect` says nothing: each unit is judged as if it were alone.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test file: what is missing shall fail loudly")]

use clap::Parser;
use proptest::prelude::*;
use yanpan_methods::Method;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    method: Method,
}

/// The rows of the answer for units `a`, `b`, … with their counts in this order, sorted.
fn detect(method: &str, counts: &[Vec<u32>], order: &[usize], compat: bool) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let names: Vec<String> = order.iter().map(|unit| "abcd"[*unit..=*unit].to_owned()).collect();
    let row = |t: usize| order.iter().map(|unit| counts[*unit][t].to_string()).collect::<Vec<_>>().join(",");
    let rows = (0..counts[0].len()).map(|t| format!("{},{}\n", t + 1, row(t))).collect::<String>();
    std::fs::write(path("in.csv"), format!("t,{}\n{rows}", names.join(","))).unwrap();
    std::fs::write(path("p.json"), r#"{"freq": 12}"#).unwrap();
    let mut words = ["yanpan", "detect", "--method", method].map(str::to_owned).to_vec();
    for (option, name) in [("--input", "in.csv"), ("--params", "p.json"), ("--output", "out.csv")] {
        words.extend([option.to_owned(), path(name)]);
    }
    if compat {
        words.extend(["--compat".to_owned(), "r".to_owned()]);
    }
    yanpan_methods::run(Line::parse_from(words).method, false).unwrap();
    let mut lines: Vec<String> = std::fs::read_to_string(path("out.csv")).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_order_of_units_changes_no_answer(
        counts in proptest::collection::vec(proptest::collection::vec(0_u32..30, 80), 4),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
        compat in any::<bool>(),
    ) {
        for method in
            ["ears-c1", "ears-c2", "ears-c3", "cusum", "bayes", "rki", "farrington", "farrington-flexible", "ewma", "delay"]
        {
            let compat = compat && !["ewma", "delay"].contains(&method);
            prop_assert_eq!(detect(method, &counts, &[0, 1, 2, 3], compat), detect(method, &counts, &order, compat), "{}", method);
        }
    }
}
