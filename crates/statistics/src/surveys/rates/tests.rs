//! Rates: what each figure promises at its edges.

use super::*;

fn count(x: u64, n: u64) -> Count {
    Count { x, n }
}

#[test]
fn nobody_answered_is_not_a_rate_of_nought() {
    assert_eq!((count(0, 0).rate(), wilson(count(0, 0), 1.96)), (None, None));
}

#[test]
fn more_favourable_answers_than_answers_are_refused_at_their_row() {
    assert_eq!(Count::new(4, 9, 8), Err(RateError::MoreThanAnswered { row: 4, x: 9, n: 8 }));
}

#[test]
fn newcombe_agrees_with_the_published_example() {
    // Newcombe 1998, table II, contrast a: 56/70 against 48/80, method 10.
    let interval = newcombe(count(56, 70), count(48, 80), 1.959_963_984_540_054).unwrap();
    assert!((interval.low - 0.0524).abs() < 5e-5 && (interval.high - 0.3339).abs() < 5e-5, "{interval:?}");
}

#[test]
fn units_without_spread_stop_at_the_bound_and_never_run_away() {
    let counts: Vec<Count> = (0..40).map(|i| count(50 + i % 2, 101)).collect();
    let fit = BetaBinomial::fit(&counts).unwrap();
    assert!(fit.at_bound && (fit.size.ln() - 14.0).abs() < 1e-9 && fit.loglik < -50.0, "{fit:?}");
}

#[test]
fn answers_all_alike_are_refused() {
    assert_eq!(BetaBinomial::fit(&[count(5, 5), count(7, 7)]), Err(RateError::NoVariation));
    assert_eq!(Funnel::fit(&[count(0, 5), count(0, 7)]), Err(RateError::NoVariation));
    assert_eq!(BetaBinomial::fit(&[count(5, 9), count(0, 0)]), Err(RateError::TooFewUnits { found: 1, needed: 2 }));
}

#[test]
fn the_corrected_interval_is_wider_where_units_are_few() {
    let counts = [count(9, 12), count(6, 14), count(11, 13), count(8, 15), count(3, 11)];
    let fit = BetaBinomial::fit(&counts).unwrap();
    let uncertain = Hyperposterior::of(&counts).unwrap();
    for unit in shrink(&counts, &fit, &uncertain, 0.025) {
        assert!(unit.corrected.high - unit.corrected.low > unit.plug_in.high - unit.plug_in.low, "{unit:?}");
    }
}

#[test]
fn counts_beyond_the_exact_sums_continue_them_smoothly() {
    let near = BetaBinomial::fit(&[count(4000, 8192), count(4500, 8190), count(4100, 8100)]).unwrap();
    let far = BetaBinomial::fit(&[count(4001, 8194), count(4502, 8194), count(4101, 8101)]).unwrap();
    assert!((near.loglik - far.loglik).abs() < 0.01 && (near.size / far.size - 1.0).abs() < 0.01, "{near:?} {far:?}");
}

#[test]
fn a_missing_p_value_is_not_counted_as_a_test() {
    let adjusted = adjust(&[0.01, f64::NAN, 0.04], Adjustment::Bonferroni);
    assert_eq!((adjusted[0], adjusted[1].is_nan(), adjusted[2]), (0.02, true, 0.08));
}

#[test]
fn overlapping_units_share_ranks_and_separate_ones_do_not() {
    let interval = |low, high| Some(Interval { low, high });
    let ranks = rank_intervals(&[interval(0.8, 0.9), interval(0.3, 0.6), None, interval(0.5, 0.7)]);
    let pair = |best, worst| Some(RankInterval { best, worst });
    assert_eq!(ranks, [pair(1, 1), pair(2, 3), None, pair(2, 3)]);
}

#[test]
fn two_units_are_indistinguishable_both_ways_or_not_at_all() {
    let sets = indistinguishable(&[count(8, 10), count(7, 10), count(100, 1000)], 0.95);
    assert_eq!(sets, [vec![1], vec![0], vec![]]);
}
