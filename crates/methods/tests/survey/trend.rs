//! `yanpan trend`: series by group, in time's order whatever the file's.

use crate::line::Bench;

#[test]
fn rows_in_any_order_give_the_same_trend() {
    let bench = Bench::new();
    bench
        .file("a.csv", "time,value\n2021,3\n2022,4\n2023,6\n2024,5\n")
        .file("b.csv", "time,value\n2024,5\n2022,4\n2021,3\n2023,6\n");
    let (a, b) = (bench.run("trend --input @a.csv").unwrap(), bench.run("trend --input @b.csv").unwrap());
    assert_eq!((&a["mann_kendall"], &a["theil_sen"], &a["ols"]), (&b["mann_kendall"], &b["theil_sen"], &b["ols"]));
}

#[test]
fn a_period_given_twice_is_placed() {
    let bench = Bench::new();
    bench.file("a.csv", "time,value\n2021,3\n2022,4\n2021,6\n");
    let problems = bench.run("trend --input @a.csv").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row), (1, Some(4)));
}

#[test]
fn two_periods_of_a_rate_give_a_difference_with_interval_and_no_test() {
    let bench = Bench::new();
    bench.file("a.csv", "school,year,x,n\n一小,2023,60,80\n一小,2024,40,80\n二小,2023,0,0\n");
    let report = bench.run("trend --input @a.csv --group school --time year --x x --n n --output @out.csv").unwrap();
    let series = &report["series"]["一小"];
    assert_eq!((series["mann_kendall"].is_null(), series["change_of_rate"]["diff"].as_f64()), (true, Some(-0.25)));
    assert!(series["change_of_rate"]["diff_hi"].as_f64().unwrap() < 0.0);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 2);
}

#[test]
fn a_period_without_a_rate_is_left_out_and_half_a_rate_is_placed() {
    let bench = Bench::new();
    bench.file("a.csv", "year,x,n\n2021,6,8\n2022,,\n2023,4,8\n2024,3,8\n");
    let report = bench.run("trend --input @a.csv --time year --x x --n n").unwrap();
    assert_eq!(report["mann_kendall"]["n"], 3);
    bench.file("a.csv", "year,x,n\n2021,6,8\n2022,,8\n2023,4,8\n");
    let problems = bench.run("trend --input @a.csv --time year --x x --n n").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row, problems[0].place.column.as_deref()), (1, Some(3), Some("x")));
}
