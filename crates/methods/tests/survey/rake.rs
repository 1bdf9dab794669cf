//! `yanpan survey rake`: what does not fit is named at its place in its own file.

use crate::line::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.file("in.csv", "sex,age,w\nm,young,1\nm,old,2\nf,young,1\nf,old,1\n");
    bench.file("sex.csv", "sex,Freq\nm,40\nf,60\n").file("age.csv", "age,Freq\nyoung,30\nold,70\n");
    bench
}

const WORDS: &str = "survey rake --input @in.csv --weight w --margin @sex.csv --margin @age.csv";

#[test]
fn a_category_outside_the_margin_is_named_in_the_sample() {
    let bench = bench();
    bench.file("sex.csv", "sex,Freq\nm,40\n");
    let problems = bench.run(WORDS).unwrap_err();
    assert_eq!(problems.len(), 2);
    assert_eq!((problems[0].place.row, problems[0].place.column.as_deref()), (Some(4), Some("sex")));
}

#[test]
fn a_category_that_nobody_answered_for_is_named_in_the_margin() {
    let bench = bench();
    bench.file("sex.csv", "sex,Freq\nm,40\nf,55\nx,5\n");
    let problems = bench.run(WORDS).unwrap_err();
    assert_eq!((problems[0].place.row, problems[0].place.file.as_ref().unwrap().ends_with("sex.csv")), (Some(4), true));
}

#[test]
fn margins_that_do_not_add_up_are_refused_with_both_sums() {
    let bench = bench();
    bench.file("age.csv", "age,Freq\nyoung,30\nold,71\n");
    let problems = bench.run(WORDS).unwrap_err();
    assert!(problems[0].message.contains("101") && problems[0].message.contains("100"), "{problems:?}");
}

#[test]
fn a_weight_of_zero_is_named() {
    let bench = bench();
    bench.file("in.csv", "sex,age,w\nm,young,1\nm,old,0\nf,young,1\nf,old,1\n");
    let problems = bench.run(WORDS).unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row), (1, Some(3)));
}

#[test]
fn two_category_columns_in_one_file_are_post_stratification() {
    let bench = bench();
    bench.file("cell.csv", "sex,age,Freq\nm,young,10\nm,old,30\nf,young,20\nf,old,40\n");
    bench.run("survey rake --input @in.csv --margin @cell.csv --trim 0,1 --output @out.csv").unwrap();
    let table = bench.table("out.csv");
    let column = table.column("w_raked").unwrap();
    let weights: Vec<_> = (0..4).map(|row| table.text(row, column).to_owned()).collect();
    assert_eq!(weights, ["10", "30", "20", "40"]);
}

#[test]
fn margins_that_do_not_add_up_are_placed_at_their_file() {
    let bench = bench();
    bench.file("age.csv", "age,Freq\nyoung,30\nold,71\n");
    let problems = bench.run(WORDS).unwrap_err();
    assert!(problems[0].place.file.as_ref().unwrap().ends_with("age.csv"), "{problems:?}");
}

#[test]
fn a_population_smaller_than_the_sample_or_of_two_sizes_is_placed() {
    let bench = bench();
    bench.file("in.csv", "sex,age,w,N\nm,young,1,3\nm,old,2,3\nf,young,1,3\nf,old,1,3\n");
    let problems = bench.run(&format!("{WORDS} --fpc N")).unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row, problems[0].place.column.as_deref()), (4, Some(2), Some("N")));
    bench.file("in.csv", "sex,age,w,N\nm,young,1,9\nm,old,2,9\nf,young,1,8\nf,old,1,9\n");
    let problems = bench.run(&format!("{WORDS} --fpc N")).unwrap_err();
    assert_eq!((problems.len(), problems[0].place.row), (1, Some(4)));
}

#[test]
fn an_estimate_of_nothing_and_a_wrong_trim_are_refused() {
    let bench = bench();
    bench.file("in.csv", "sex,age,w,y\nm,young,1,\nm,old,2,NA\nf,young,1,\nf,old,1,\n");
    let problems = bench.run(&format!("{WORDS} --estimate y")).unwrap_err();
    assert_eq!(problems[0].place.column.as_deref(), Some("y"));
    assert!(bench.run(&format!("{WORDS} --trim 0.9,0.1")).unwrap_err()[0].message.contains("trim"));
}

#[test]
fn a_stratum_of_one_is_placed_at_its_row() {
    let bench = bench();
    bench.file("in.csv", "sex,age,w,s,y\nm,young,1,a,1\nm,old,2,a,2\nf,young,1,b,3\nf,old,1,a,4\n");
    let problems = bench.run(&format!("{WORDS} --strata s --estimate y")).unwrap_err();
    assert_eq!((problems[0].place.row, problems[0].place.column.as_deref()), (Some(4), Some("s")));
}
