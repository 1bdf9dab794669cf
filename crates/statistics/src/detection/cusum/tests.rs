//! Rules of the CUSUM.

use super::*;
use crate::detection::Timeline;

fn judge(counts: &[f64], params: &Params, from: usize, mode: Mode) -> Vec<Judgement> {
    let timeline = Timeline::default();
    let monitored = Monitored::Rows { from, to: counts.len() - 1 };
    run(Series::new(counts, None, &timeline).unwrap(), params, monitored, mode).unwrap().points
}

#[test]
fn after_an_alarm_the_statistic_starts_again_only_with_reset() {
    let mut counts = vec![2.0; 40];
    counts[30] = 12.0;
    let alarms = |mode| judge(&counts, &Params::default(), 20, mode).iter().filter(|p| p.alarm == Some(true)).count();
    assert_eq!(alarms(Mode::Correct), 1);
    assert!(alarms(Mode::R) > 1);
}

#[test]
fn a_past_of_zeros_has_a_law_by_default_and_none_in_compat() {
    let mut counts = vec![0.0; 60];
    counts[59] = 4.0;
    assert_eq!(judge(&counts, &Params::default(), 52, Mode::Correct).last().unwrap().alarm, Some(true));
    assert_eq!(judge(&counts, &Params::default(), 52, Mode::R).last().unwrap().alarm, None);
}

#[test]
fn the_bound_is_the_count_that_scores_the_limit() {
    use Transform::{Anscombe, Anscombe2nd, None, PearsonNegBin, Rossi};
    let rule = Rule::new(&Params::default(), Mode::Correct);
    for transform in [Rossi, Anscombe, Anscombe2nd, PearsonNegBin, None] {
        let bound = transform.bound(2.5, 3.0, &rule);
        assert!((transform.score(bound, 3.0, 0.1) - 2.5).abs() < 1e-12, "{transform:?}");
    }
}

#[test]
fn the_default_bound_is_the_first_count_that_alarms() {
    let mut counts: Vec<f64> = (0..120).map(|t| f64::from((t * 7) % 11)).collect();
    let bound = judge(&counts, &Params::default(), 119, Mode::Correct)[0].upperbound;
    for (count, alarm) in [(bound - 1.0, false), (bound, true)] {
        counts[119] = count;
        assert_eq!(judge(&counts, &Params::default(), 119, Mode::Correct)[0].alarm, Some(alarm));
    }
}
