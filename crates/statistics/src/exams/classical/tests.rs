//! Rules of the classical table beyond the golden cases.

use super::*;
use crate::exams::{Mark, ScoreMatrix};

fn matrix(rows: &[Vec<Mark>]) -> ScoreMatrix {
    let names = (0..rows[0].len()).map(|item| format!("I{item}")).collect();
    ScoreMatrix::from_marks(names, rows).unwrap()
}

fn points(rows: &[&[f64]]) -> ScoreMatrix {
    matrix(&rows.iter().map(|row| row.iter().map(|value| Mark::Points(*value)).collect()).collect::<Vec<_>>())
}

#[test]
fn the_fair_discrimination_does_not_depend_on_the_order_of_the_rows() {
    let rows: Vec<Vec<f64>> = (0..40).map(|row| vec![f64::from(row % 3), f64::from(row * 7 % 5), 1.0]).collect();
    let forward: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    let backward: Vec<&[f64]> = forward.iter().rev().copied().collect();
    let fair = |rows: &[&[f64]]| -> Vec<f64> {
        classical(&points(rows)).unwrap().items.iter().map(|item| item.discrimination.unwrap().fair).collect()
    };
    assert_eq!(fair(&forward), fair(&backward));
}

#[test]
fn wide_marks_and_narrow_marks_give_the_same_figures() {
    let rows: Vec<Vec<f64>> =
        (0..50).map(|row| vec![f64::from(row % 7), f64::from(row * 3 % 11), f64::from(row % 4)]).collect();
    let large: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value * 1e6).collect()).collect();
    let table = |rows: &[Vec<f64>]| {
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        classical(&points(&rows)).unwrap()
    };
    let (small, large) = (table(&rows), table(&large));
    assert_eq!(small.paper.alpha, large.paper.alpha);
    for (a, b) in small.items.iter().zip(&large.items) {
        assert!((a.item_rest.unwrap() - b.item_rest.unwrap()).abs() < 1e-14);
        assert!((a.discrimination.unwrap().fair - b.discrimination.unwrap().fair).abs() < 1e-14);
    }
}

#[test]
fn a_constant_item_has_no_correlation_and_the_absent_are_left_out() {
    let rows = vec![
        vec![Mark::Points(1.0), Mark::Points(1.0)],
        vec![Mark::Points(1.0), Mark::Points(0.0)],
        vec![Mark::Absent, Mark::Absent],
    ];
    let table = classical(&matrix(&rows)).unwrap();
    assert_eq!((table.items[0].item_total, table.paper.n, table.paper.left_out), (None, 2, 1));
}

#[test]
fn guttmans_lambda2_is_never_below_alpha() {
    let rows: Vec<Vec<f64>> =
        (0..30).map(|row| (0..5).map(|item| f64::from((row * 7 + item * row) % 4)).collect()).collect();
    let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    let paper = classical(&points(&rows)).unwrap().paper;
    assert!(paper.lambda2.unwrap() >= paper.alpha.unwrap());
}
