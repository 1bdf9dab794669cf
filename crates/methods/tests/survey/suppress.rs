//! `yanpan survey suppress`: what is published, and what is refused.

use crate::line::Bench;

#[test]
fn a_small_cell_and_what_would_reveal_it_are_na_and_the_audit_shows_ranges() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,满意,不满意\n一小,4,40\n二小,50,60\n三小,70,30\n");
    let report = bench.run("survey suppress --input @in.csv --output @out.csv --audit @audit.csv").unwrap();
    assert_eq!(
        (&report["hidden_primary"], &report["hidden_complementary"], &report["recoverable"]),
        (&1.into(), &3.into(), &0.into())
    );
    let (published, audit) = (bench.table("out.csv"), bench.table("audit.csv"));
    assert_eq!((published.text(0, 1), published.text(3, 0), published.text(3, 3)), ("NA", "合计", "254"));
    assert_eq!(audit.rows.len(), 4);
    for row in 0..4 {
        let at = |name: &str| audit.number(row, audit.column(name).unwrap()).unwrap().unwrap();
        assert!(at("possible_lo") < at("possible_hi"));
    }
}

#[test]
fn a_district_given_with_another_sum_is_placed() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,up,a,b\n县,,,\n甲,县,31,60\n一小,甲,10,20\n二小,甲,20,40\n");
    let problems = bench.run("survey suppress --input @in.csv --parent up").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row, problems[0].place.column.as_deref()), (1, Some(3), Some("a")));
}

#[test]
fn nobody_may_go_below_five() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,a,b\nx,1,20\n");
    assert!(bench.run("survey suppress --input @in.csv --minimum 4").unwrap_err()[0].message.contains("5"));
}

#[test]
fn a_second_publication_that_shrinks_is_refused_by_name() {
    let bench = Bench::new();
    bench.file("old.csv", "unit,a,b\nx,30,20\ny,40,50\n").file("new.csv", "unit,a,b\nx,33,20\ny,39,50\n");
    let problems = bench.run("survey suppress --input @new.csv --previous @old.csv").unwrap_err();
    assert!(problems[0].message.contains("「y」的「a」"), "{problems:?}");
}

#[test]
fn what_shrank_is_placed_in_the_new_file() {
    let bench = Bench::new();
    bench.file("old.csv", "unit,a,b\nx,30,20\ny,40,50\n").file("new.csv", "unit,a,b\nx,33,20\ny,39,50\n");
    let problems = bench.run("survey suppress --input @new.csv --previous @old.csv").unwrap_err();
    assert_eq!((problems[0].place.row, problems[0].place.column.as_deref()), (Some(3), Some("a")));
}
