//! Rules of the Farrington family in the default mode.

use super::*;
use crate::detection::{Judgement, Mode, Monitored, Timeline};

fn counts(n: usize) -> Vec<f64> {
    (0..n)
        .map(|t| (8.0 + 5.0 * (t as f64 / 52.0 * std::f64::consts::TAU).cos() + ((t * 37) % 7) as f64).round())
        .collect()
}

fn judge(counts: &[f64], params: &FlexibleParams, mode: Mode) -> Vec<Judgement> {
    let timeline = Timeline::default();
    let series = Series::new(counts, None, &timeline).unwrap();
    let monitored = Monitored::Rows { from: counts.len() - 10, to: counts.len() - 1 };
    run_flexible(series, params, monitored, mode).unwrap().points
}

#[test]
fn the_quick_fit_finds_the_reference_means() {
    let params = FlexibleParams { periods: 10, skipped: Some(26), trend_level: 1.0, ..FlexibleParams::default() };
    let (quick, slow) = (judge(&counts(330), &params, Mode::Correct), judge(&counts(330), &params, Mode::R));
    for (a, b) in quick.iter().zip(&slow) {
        assert!((a.expected - b.expected).abs() < 1e-5 * b.expected, "{a:?} {b:?}");
    }
}

#[test]
fn years_of_zeros_give_a_finite_bound_and_a_decision() {
    let mut zeros = vec![0.0; 330];
    zeros[329] = 3.0;
    let mut params = FlexibleParams { periods: 10, ..FlexibleParams::default() };
    params.common.limit54 = (0.0, 4);
    let last = *judge(&zeros, &params, Mode::Correct).last().unwrap();
    assert_eq!(last.alarm, Some(true));
    assert!(last.upperbound >= 0.0 && last.upperbound < 3.0);
}

#[test]
fn todays_count_never_lowers_the_score() {
    let mut series = counts(330);
    let params = FlexibleParams::default();
    let mut before = f64::NEG_INFINITY;
    for today in 0..40 {
        series[329] = f64::from(today);
        let score = judge(&series, &params, Mode::Correct).last().unwrap().score;
        assert!(score >= before);
        before = score;
    }
}

/// R 4.2.2, surveillance 1.20.3, `b = 1, w = 0`: one row for one coefficient.
#[test]
fn without_a_degree_of_freedom_the_delta_bound_of_r_is_missing_and_its_other_ways_stop() {
    let counts = counts(300);
    let timeline = Timeline::default();
    let series = Series::new(&counts, None, &timeline).unwrap();
    let run = |reweight: bool, threshold| {
        let mut params = FlexibleParams { threshold, ..FlexibleParams::default() };
        params.common = Common { years: 1, half_width: 0, trend: false, reweight, ..params.common };
        run_flexible(series, &params, Monitored::Rows { from: 269, to: 269 }, Mode::R)
    };
    let point = run(false, None).unwrap().points[0];
    assert!(point.upperbound.is_nan() && point.expected.is_nan() && point.score.is_nan() && point.pvalue.is_nan());
    assert_eq!(point.alarm, Some(false));
    assert!(run(true, None).is_err());
    assert!(run(false, Some(ThresholdMethod::NbPlugin)).is_err());
}
