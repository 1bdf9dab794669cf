//! Rates, cuts and grade scores worked by hand.

use super::*;
use crate::exams::{Mark, ScoreMatrix};

#[test]
fn a_pupil_exactly_on_the_cut_is_counted_above_it() {
    let found = rates(&[102.0, 72.0, 48.0, 47.5], 120.0, Thresholds::default());
    assert_eq!((found.excellent.count, found.pass.count, found.low.count), (1, 2, 1));
}

#[test]
fn rates_over_nobody_do_not_exist() {
    let found = rates(&[], 100.0, Thresholds::default());
    assert_eq!((found.mean, found.pass.rate(), found.pass.interval()), (None, None, None));
}

#[test]
fn the_highest_band_holds_the_full_mark() {
    let found = bands(&[100.0, 90.0, 89.5, 0.0], 100.0, 10.0);
    assert_eq!((found.len(), found[0].count, found[1].count, found[9].cumulative), (10, 2, 1, 4));
}

#[test]
fn subject_cuts_share_the_total_cut_by_the_means() {
    let rows: Vec<Vec<Option<f64>>> =
        vec![vec![Some(80.0), Some(40.0)], vec![Some(60.0), Some(20.0)], vec![None, Some(100.0)]];
    let found = effective(&rows, 120.0, 5.0).unwrap();
    assert_eq!((found.n, found.mean_total, found.above_total), (2, 100.0, 1));
    assert_eq!((found.subjects[0].cut, found.subjects[1].cut), (84.0, 36.0));
    assert_eq!((found.subjects[0].total_only, found.subjects[1].above_both), (1, 1));
}

#[test]
fn grade_scores_follow_the_linear_map_within_a_grade() {
    let scores: Vec<f64> = (1..=100).map(f64::from).collect();
    let found = assign(&scores, &five_grades()).unwrap();
    // A holds 86..100 of 15 pupils: the best gets 100, the last 86; B begins at 85.
    assert_eq!((found[99].score, found[85].score, found[84].score, found[84].grade), (100.0, 86.0, 85.0, 1));
    assert_eq!((found[0].score, found[1].score, found[0].grade), (30.0, 40.0, 4));
}

#[test]
fn equal_scores_get_the_same_grade() {
    let found = assign(&[50.0; 40], &eight_grades()).unwrap();
    assert!(found.iter().all(|one| one.grade == 0 && one.score == 100.0));
}

#[test]
fn shares_that_do_not_add_up_are_refused() {
    let mut grades = five_grades();
    grades.pop();
    assert!(assign(&[1.0], &grades).is_err());
}

#[test]
fn one_item_is_too_few_for_a_knowledge_point() {
    let rows = vec![
        vec![Mark::Points(2.0), Mark::Points(1.0), Mark::Blank],
        vec![Mark::Points(1.0), Mark::Points(0.0), Mark::Points(4.0)],
    ];
    let matrix = ScoreMatrix::from_marks(["a", "b", "c"].map(str::to_owned).to_vec(), &rows).unwrap();
    let names = [Some("数".to_owned()), Some("数".to_owned()), Some("形".to_owned())];
    let found = knowledge(&matrix, &names, &[true, true]);
    assert_eq!((found[0].rate, found[0].too_few), (Some(2.0 / 3.0), false));
    assert_eq!((found[1].rate, found[1].too_few), (Some(0.5), true));
}
