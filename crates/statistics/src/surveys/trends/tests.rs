//! Trends: exact laws, ties, and reference values of scipy.

use super::*;

#[test]
fn the_exact_law_counts_permutations() {
    // Of the 24 orders of four values, one rises throughout and one falls throughout.
    let rising = mann_kendall(&[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert!((rising.p_exact.unwrap() - 2.0 / 24.0).abs() < 1e-15 && rising.s == 6.0 && rising.tau == 1.0, "{rising:?}");
}

#[test]
fn ties_have_no_exact_law_and_a_smaller_variance() {
    let tied = mann_kendall(&[1.0, 2.0, 2.0, 4.0, 3.0]).unwrap();
    assert_eq!((tied.p_exact, tied.s), (None, 7.0));
    assert!((tied.variance - (5.0 * 4.0 * 15.0 - 2.0 * 9.0) / 18.0).abs() < 1e-12);
}

#[test]
fn one_wild_value_does_not_move_the_median_slope() {
    let pairs = [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 400.0), (5.0, 5.0)];
    assert_eq!(theil_sen(&pairs, 0.95).unwrap().slope, 1.0);
}

#[test]
fn a_constant_series_has_no_trend_and_no_nan() {
    let flat = [(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)];
    let found = least_squares(&flat, 0.95).unwrap();
    assert_eq!((found.slope, found.p, found.residual_lag1), (0.0, Some(1.0), None));
    let test = mann_kendall(&[2.0; 3]).unwrap();
    assert_eq!((test.z, test.p, test.tau), (0.0, 1.0, 0.0));
}

#[test]
fn too_few_periods_are_refused() {
    assert_eq!(mann_kendall(&[1.0, 2.0]), Err(TrendError::TooFew { found: 2, needed: 3 }));
    assert_eq!(theil_sen(&[(1.0, 1.0), (1.0, 2.0)], 0.95), Err(TrendError::NoTime));
}
