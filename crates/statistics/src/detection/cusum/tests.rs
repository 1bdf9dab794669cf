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
    let mut counts = vec![2.0; 30];
    counts[20] = 12.0;
    let alarms = |mode| judge(&counts, &Params::default(), 10, mode).iter().filter(|p| p.alarm == Some(true)).count();
    assert_eq!(alarms(Mode::Correct), 1);
    assert!(alarms(Mode::R) > 1);
}

#[test]
fn a_past_of_zeros_has_a_mean_by_default_and_none_in_compat() {
    let mut counts = vec![0.0; 60];
    counts[59] = 3.0;
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
