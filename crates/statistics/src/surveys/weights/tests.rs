//! Weights: margins met, sums kept, contradictions named.

use super::*;

fn margin(category: &[u32], totals: &[f64]) -> Margin {
    Margin { category: category.to_vec(), totals: totals.to_vec() }
}

#[test]
fn raking_meets_every_margin() {
    let margins = [margin(&[0, 0, 1, 1], &[30.0, 70.0]), margin(&[0, 1, 0, 1], &[45.0, 55.0])];
    let raked = rake(&[1.0, 2.0, 3.0, 1.0], &margins).unwrap().weights;
    assert!((raked[0] + raked[1] - 30.0).abs() < 1e-9 && (raked[0] + raked[2] - 45.0).abs() < 1e-9, "{raked:?}");
}

#[test]
fn one_margin_is_post_stratification_in_one_round() {
    let raked = rake(&[1.0, 3.0, 1.0], &[margin(&[0, 0, 1], &[8.0, 5.0])]).unwrap();
    assert_eq!((raked.iterations, raked.weights), (1, vec![2.0, 6.0, 5.0]));
}

#[test]
fn margins_of_different_populations_are_refused() {
    let margins = [margin(&[0, 1], &[3.0, 7.0]), margin(&[0, 1], &[4.0, 7.0])];
    assert_eq!(rake(&[1.0, 1.0], &margins), Err(WeightError::TotalsDiffer { margin: 1, found: 11.0, first: 10.0 }));
}

#[test]
fn margins_that_contradict_each_other_on_the_sample_are_refused() {
    let margins = [margin(&[0, 1], &[3.0, 7.0]), margin(&[0, 1], &[4.0, 6.0])];
    assert!(matches!(rake(&[1.0, 1.0], &margins), Err(WeightError::NotConverged { .. })));
}

#[test]
fn weights_of_zero_and_categories_nobody_stands_for_are_named() {
    assert_eq!(rake(&[1.0, 0.0], &[]), Err(WeightError::Weight { row: 1, weight: 0.0 }));
    let missing = rake(&[1.0], &[margin(&[0], &[3.0, 7.0])]);
    assert_eq!(missing, Err(WeightError::Unreachable { margin: 0, category: 1, total: 7.0 }));
    assert_eq!(rake(&[1.0], &[margin(&[2], &[3.0, 7.0])]), Err(WeightError::CategoryUnknown { row: 0, margin: 0 }));
}

#[test]
fn trimming_agrees_with_the_reference_and_keeps_the_sum() {
    // survey 4.1-1, trimWeights(strict = TRUE).
    let trimmed = trim(&[0.1, 0.2, 0.3, 1.0, 1.01, 1.02, 6.0, 9.0], 1.0, 6.0).unwrap();
    let expected = [1.025, 1.025, 1.025, 1.175, 1.185, 1.195, 6.0, 6.0];
    assert!(trimmed.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-9), "{trimmed:?}");
    assert_eq!(trim(&[1.0, 5.0], 4.0, 6.0), Err(WeightError::Bounds { low: 4.0, high: 6.0 }));
}

#[test]
fn a_stratum_of_one_has_no_variance() {
    let design = Design { strata: vec![0, 1, 1], ..Design::default() };
    let values = [Some(1.0), Some(2.0), Some(4.0)];
    assert_eq!(design.mean(&[1.0; 3], &values, &[]), Err(WeightError::LonelyUnit { stratum: 0 }));
}
