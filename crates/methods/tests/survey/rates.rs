//! `yanpan survey rates`: bad input is placed, empty units are not noughts.

use crate::line::Bench;

#[test]
fn every_bad_cell_is_reported_at_once_with_row_and_column() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,x,n\na,三,10\nb,4,2.5\nc,,9\nd,12,9\n");
    let problems = bench.run("survey rates --input @in.csv").unwrap_err();
    let places: Vec<_> =
        problems.iter().map(|problem| (problem.place.row.unwrap(), problem.place.column.clone().unwrap())).collect();
    let expected = [(2, "x"), (4, "x"), (3, "n"), (5, "x")];
    for (row, column) in expected {
        assert!(places.contains(&(row, column.to_owned())), "{problems:?}");
    }
}

#[test]
fn a_unit_of_none_is_na_and_everything_unknown_is_a_rate_of_its_own() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,x,n,dk\na,8,10,2\nb,0,0,5\nc,3,9,0\n");
    let report = bench.run("survey rates --input @in.csv --unknown dk --output @out.csv").unwrap();
    let table = bench.table("out.csv");
    let cell = |row, name: &str| table.text(row, table.column(name).unwrap()).to_owned();
    assert_eq!((cell(1, "p"), cell(1, "wilson_lo"), cell(1, "rank")), ("NA".into(), "NA".into(), "NA".into()));
    assert_eq!((cell(1, "unknown_rate"), cell(0, "p_all")), ("1".to_owned(), (8.0 / 12.0).to_string()));
    assert!(report["warnings"][0].as_str().unwrap().contains("1 个单位"), "{report:?}");
}

#[test]
fn all_answers_alike_warn_and_keep_the_score_intervals() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,x,n\na,10,10\nb,7,7\n");
    let report = bench.run("survey rates --input @in.csv --output @out.csv").unwrap();
    let table = bench.table("out.csv");
    assert_eq!(table.text(0, table.column("eb_mean").unwrap()), "NA");
    assert_eq!(table.number(0, table.column("wilson_hi").unwrap()), Ok(Some(1.0)));
    assert!(!report["warnings"].as_array().unwrap().is_empty());
}
