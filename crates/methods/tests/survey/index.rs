//! `yanpan index`: indicators that cannot be used are named, changes add up, seeds decide.

use crate::line::Bench;

const TWO: &str = "unit,a,b,pupils\nx,1,5,100\ny,2,3,300\nz,4,4,200\n";

#[test]
fn an_indicator_without_variance_is_named_by_its_column() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,a,b\nx,1,5\ny,1,3\n");
    let problems = bench.run("index build --input @in.csv").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.column.as_deref()), (1, Some("a")));
}

#[test]
fn a_missing_value_is_refused_at_its_cell_unless_a_way_is_chosen() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,a,b\nx,1,5\ny,NA,3\nz,2,4\n");
    let problems = bench.run("index build --input @in.csv").unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row, problems[0].place.column.as_deref()), (1, Some(3), Some("a")));
    for way in ["available", "median"] {
        bench.run(&format!("index build --input @in.csv --missing {way} --output @out.csv")).unwrap();
        let table = bench.table("out.csv");
        let column = table.column("score_equal").unwrap();
        assert!((0..3).all(|row| table.number(row, column).unwrap().is_some()), "{way}");
    }
}

#[test]
fn text_in_a_number_and_a_doubled_unit_are_told_together() {
    let bench = Bench::new();
    bench.file("in.csv", "unit,a,b\nx,1,五\nx,2,3\nz,2,4\n");
    let problems = bench.run("index build --input @in.csv").unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let bench = Bench::new();
    bench.file("in.csv", TWO);
    let mut bytes = Vec::new();
    for (seed, name) in [(3, "one.csv"), (3, "two.csv"), (4, "three.csv")] {
        bench.run(&format!("index build --input @in.csv --pupils pupils --seed {seed} --output @{name}")).unwrap();
        bytes.push(std::fs::read(bench.path(name)).unwrap());
    }
    assert_eq!(bytes[0], bytes[1]);
    assert_ne!(bytes[0], bytes[2]);
}

#[test]
fn parts_of_the_change_add_up_and_pupils_are_no_indicator() {
    let bench = Bench::new();
    bench.file("in.csv", TWO).file("old.csv", "unit,a,b,pupils\nx,1,4,100\ny,3,3,300\nz,4,1,200\n");
    let words =
        "index build --input @in.csv --pupils pupils --scheme entropy --previous @old.csv --decomposition @parts.csv";
    let report = bench.run(words).unwrap();
    assert!(report["differing_coefficient"]["a"].as_f64().unwrap() > 0.0);
    let table = bench.table("parts.csv");
    for row in 0..3 {
        let cell = |name: &str| table.number(row, table.column(name).unwrap()).unwrap().unwrap();
        let parts = cell("value_a") + cell("weight_a") + cell("value_b") + cell("weight_b");
        assert!((parts - cell("change")).abs() < 1e-12, "row {row}");
    }
}

#[test]
fn a_judgement_of_zero_or_without_mirror_is_placed() {
    let bench = Bench::new();
    bench.file("in.csv", "a,b\n1,3\n0,1\n");
    let problems = bench.run("index ahp --input @in.csv").unwrap_err();
    assert_eq!((problems[0].place.row, problems[0].place.column.as_deref()), (Some(3), Some("a")));
    bench.file("in.csv", "criterion,a,b\na,1,3\nb,1/3,1\n");
    assert_eq!(bench.run("index ahp --input @in.csv").unwrap()["consistent"], true);
    bench.file("in.csv", "a,b\n1,3\n");
    assert!(bench.run("index ahp --input @in.csv").unwrap_err()[0].message.contains("方阵"));
}

#[test]
fn contributions_of_given_weights_without_weights_are_refused() {
    let bench = Bench::new();
    bench.file("in.csv", TWO);
    let problems = bench.run("index build --input @in.csv --pupils pupils --scheme given").unwrap_err();
    assert!(problems[0].message.contains("scheme"), "{problems:?}");
}
