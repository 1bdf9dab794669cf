//! Ranks, quantiles and tails against values worked by hand or by other programs.

use super::*;

#[test]
fn ties_share_the_best_rank_and_the_next_rank_is_skipped() {
    let ranks: Vec<usize> =
        standard_scores(&[90.0, 80.0, 90.0, 70.0]).unwrap().iter().map(|score| score.rank_descending).collect();
    assert_eq!(ranks, [1, 3, 1, 4]);
}

#[test]
fn scores_without_variance_have_no_z() {
    assert!(standard_scores(&[5.0, 5.0]).unwrap().iter().all(|score| score.z_sample.is_none()));
}

#[test]
fn the_f_quantile_agrees_with_tables() {
    // R: qf(0.95, 1, 10) and qf(0.975, 4, 8).
    let close = |a: Option<f64>, b: f64| assert!((a.unwrap() / b - 1.0).abs() < 1e-12, "{a:?} {b}");
    close(f_quantile(0.95, 1.0, 10.0), 4.964_602_743_730_711);
    close(f_quantile(0.975, 4.0, 8.0), 5.052_632_217_363_511);
}

#[test]
fn a_quantile_of_nothing_does_not_exist() {
    assert_eq!(quantile(&[], 0.5, QuantileType::Seven), None);
}
