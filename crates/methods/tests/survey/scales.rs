//! `yanpan survey alpha`, `careless` and `crosstab`: the text beside the figures.

use crate::line::Bench;

#[test]
fn a_constant_item_is_named_by_its_column() {
    let bench = Bench::new();
    bench.file("in.csv", "q1,q2,q3\n1,3,2\n2,3,4\n4,3,1\n");
    let problems = bench.run("survey alpha --input @in.csv").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.column.as_deref()), (1, Some("q2")));
}

#[test]
fn a_reversed_item_left_unturned_is_pointed_out_and_turning_mends_it() {
    let bench = Bench::new();
    bench.file("in.csv", "q1,q2,q3\n1,1,5\n2,3,4\n3,2,3\n4,5,2\n5,4,1\n");
    let plain = bench.run("survey alpha --input @in.csv").unwrap();
    assert!(plain["warnings"][0].as_str().unwrap().contains("q3"), "{plain:?}");
    let turned = bench.run("survey alpha --input @in.csv --reverse q3 --scale 1,5").unwrap();
    assert!(turned["alpha"].as_f64().unwrap() > 0.9);
}

#[test]
fn an_answer_off_the_scale_is_placed() {
    let bench = Bench::new();
    bench.file("in.csv", "q1,q2\n1,2\n9,3\n2,4\n");
    let problems = bench.run("survey alpha --input @in.csv --scale 1,5").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row, problems[0].place.column.as_deref()), (1, Some(3), Some("q1")));
}

#[test]
fn straight_lines_raise_alpha_and_both_figures_are_given() {
    let bench = Bench::new();
    let mut text = String::from("id,q1,q2,q3,q4,sec,trap\n");
    for i in 0..60 {
        let row = if i % 2 == 0 {
            format!("{0},{0},{0},{0}", i % 5 + 1)
        } else {
            format!("{},{},{},{}", i % 5, (i * 7) % 4, (i / 3) % 5, (i / 7) % 3)
        };
        text.push_str(&format!("{i},{row},{},{}\n", i + 5, i % 3));
    }
    bench.file("in.csv", &text);
    let report = bench
        .run("survey careless --input @in.csv --exclude id --time sec --min-seconds 10 --trap trap=0 --output @out.csv")
        .unwrap();
    assert!(
        report["straight_lines"].as_u64() >= Some(30) && report["flag_time"] == 5 && report["flag_trap"] == 40,
        "{report:?}"
    );
    let alpha = |key: &str| report[key]["alpha"].as_f64().unwrap();
    assert!(alpha("alpha") > alpha("alpha_without_straight_lines"));
    assert_eq!(bench.table("out.csv").rows.len(), 60);
}

#[test]
fn a_table_of_answers_and_a_table_of_counts_agree() {
    let bench = Bench::new();
    bench
        .file("long.csv", "g,a,k\n一,是,10\n一,否,20\n二,是,30\n二,否,5\n")
        .file("wide.csv", "g,是,否\n一,10,20\n二,30,5\n");
    let long = bench.run("survey crosstab --input @long.csv --rows g --columns a --count k").unwrap();
    let wide = bench.run("survey crosstab --input @wide.csv").unwrap();
    assert_eq!((&long["chi2"], &long["v_lo"]), (&wide["chi2"], &wide["v_lo"]));
}

#[test]
fn a_missing_answer_is_no_category_of_a_cross_table() {
    let bench = Bench::new();
    bench.file("long.csv", "g,a\n一,是\n一,否\n二,是\n二,NA\n,否\n二,否\n二,是\n");
    let report = bench.run("survey crosstab --input @long.csv --rows g --columns a --output @out.csv").unwrap();
    assert_eq!((&report["n"], &report["missing"], bench.table("out.csv").rows.len()), (&5.0.into(), &2.into(), 4));
}

#[test]
fn a_pupils_number_is_not_taken_for_an_answer() {
    let bench = Bench::new();
    bench.file("in.csv", "学号,q1,q2,q3\n11,1,2,1\n12,2,2,3\n13,3,4,3\n14,5,4,5\n");
    let report = bench.run("survey alpha --input @in.csv").unwrap();
    assert_eq!(report["k"], 3);
}
