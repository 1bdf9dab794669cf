//! Rules of the EARS charts.

use super::*;
use crate::detection::Timeline;

fn judge(counts: &[f64], params: &Params, mode: Mode) -> Vec<Judgement> {
    let timeline = Timeline::default();
    run(Series::new(counts, None, &timeline).unwrap(), params, Monitored::Default, mode).unwrap().points
}

#[test]
fn a_baseline_of_zeros_still_decides() {
    let mut counts = vec![0.0; 20];
    counts[19] = 4.0;
    for method in [Variant::C1, Variant::C2, Variant::C3] {
        let last = *judge(&counts, &Params { method, ..Params::default() }, Mode::Correct).last().unwrap();
        assert_eq!(last.alarm, Some(true), "{method:?}");
        assert!(last.upperbound >= 1.0, "{method:?}: a single case is no alarm");
    }
}

#[test]
fn c3_decides_by_todays_count_and_in_compat_never_does() {
    let mut counts = vec![3.0, 4.0, 2.0, 5.0, 3.0, 4.0, 2.0, 3.0, 4.0, 5.0, 2.0, 3.0];
    counts.push(40.0);
    let params = Params { method: Variant::C3, ..Params::default() };
    assert_eq!(judge(&counts, &params, Mode::Correct).last().unwrap().alarm, Some(true));
    assert_eq!(judge(&counts, &params, Mode::R).last().unwrap().alarm, Some(false));
}

#[test]
fn one_monitored_point_is_judged_by_default_and_stops_the_reference() {
    let counts = [1.0; 20];
    let timeline = Timeline::default();
    let series = Series::new(&counts, None, &timeline).unwrap();
    let params = Params { method: Variant::C3, ..Params::default() };
    let one = Monitored::Rows { from: 19, to: 19 };
    assert_eq!(run(series, &params, one, Mode::Correct).unwrap().points.len(), 1);
    assert!(matches!(run(series, &params, one, Mode::R), Err(DetectionError::ReferenceStops { .. })));
}

#[test]
fn missing_days_are_tolerated_down_to_the_stated_minimum() {
    let mut counts = vec![5.0, 6.0, 4.0, 5.0, 6.0, 5.0, 4.0, 30.0];
    counts[2] = f64::NAN;
    counts[3] = f64::NAN;
    assert_eq!(judge(&counts, &Params::default(), Mode::Correct)[0].alarm, Some(true));
    assert_eq!(judge(&counts, &Params::default(), Mode::R)[0].alarm, None);
    counts[4] = f64::NAN;
    counts[5] = f64::NAN;
    assert_eq!(judge(&counts, &Params::default(), Mode::Correct)[0].reason, Some(Reason::MissingBaseline));
}

#[test]
fn streaming_gives_the_batch_answers() {
    let counts: Vec<f64> = (0..60).map(|day| f64::from((day * 7 + day * day) % 11)).collect();
    for method in [Variant::C1, Variant::C2, Variant::C3] {
        let params = Params { method, ..Params::default() };
        let batch = judge(&counts, &params, Mode::Correct);
        let mut bank = Bank::new(&params, 1);
        let mut stream = Vec::new();
        for count in &counts {
            bank.step(&[*count], |_, point| stream.push(point));
        }
        assert_eq!(batch, stream[params.reach()..].to_vec(), "{method:?}");
    }
}

#[test]
fn three_days_quicker_are_three_days_from_the_residuals() {
    use crate::detection::residual::residual;
    let params = Params { method: Variant::C3, ..Params::default() };
    let (chart, bound) = (Discrepancy::new(&params), Bound::new(&params));
    let (mut learned, mut before, mut excesses) = (Learned::default(), [0.0; 2], vec![0.0; 2]);
    let counts: Vec<f64> = (0..3000_u32).map(|day| f64::from((day * day + 7 * day) % 23 * (1 + day / 600))).collect();
    for window in counts.windows(10) {
        let known = bound.know(&window[..7], &learned).unwrap();
        let excess = (residual(&bound.law(&known), window[9]) - 1.0).max(0.0);
        excesses.push(excess);
        let sum: f64 = excesses.iter().rev().take(3).rev().sum();
        assert_eq!(chart.step(window[9], &window[..7], (&mut before, &mut learned)), sum);
    }
}
