//! Rules of the evaluation kit.

use super::*;

const QUIET: Scenario = Scenario { mean: 5.0, dispersion: 1.5, season: 0.3, monday: 1.2, term_start: 1.3, days: 200 };

#[test]
fn the_same_seed_gives_the_same_series_and_an_outbreak_only_adds() {
    let plain = simulate(&QUIET, 50, None, 9);
    assert_eq!(plain, simulate(&QUIET, 50, None, 9));
    let with = simulate(&QUIET, 50, Some(Outbreak { start: 170, size: 8.0 }), 9);
    assert!(plain.counts.iter().zip(&with.counts).all(|(a, b)| a <= b));
    assert!(with.ill.iter().skip(170).any(|flag| *flag) && !with.ill.iter().take(170).any(|flag| *flag));
}

#[test]
fn calibration_holds_the_rate() {
    let scores = |counts: &[f64], from: usize| counts.iter().skip(from).map(|y| -y).collect::<Vec<f64>>();
    let source = |number: u64, _: bool| simulate(&QUIET, 50, None, number);
    let limit = calibrate(&source, 40, 0.02, &scores);
    let rate = false_alarm_rate(&source, 40, limit, &scores).value();
    assert!(rate <= 0.02 && rate > 0.0);
}

#[test]
fn an_alarm_on_the_second_day_has_a_delay_of_one() {
    let source = |_: u64, _: bool| Trial {
        counts: vec![0.0, 0.0, 3.0, 4.0],
        ill: vec![false, false, true, true],
        from: 1,
        start: 2,
    };
    let fourth = |_: &[f64], _: usize| vec![1.0, 1.0, 0.0];
    let found = measure(&source, 1, 0.5, &fourth);
    assert_eq!((found.delay, found.within, found.precision.value()), (1.0, [0.0, 1.0, 1.0], 1.0));
}

#[test]
fn a_cluster_raises_two_places_on_the_last_days_only() {
    let law = Panel { mean: 1.0, dispersion: 1.5, days: 20 };
    let (_, plain) = panel(&law, None, 4);
    let (places, raised) = panel(&law, Some(Cluster { days: 3, factor: 9.0 }), 4);
    let changed: Vec<usize> = (0..plain.values.len()).filter(|at| plain.values[*at] != raised.values[*at]).collect();
    assert!(!changed.is_empty());
    assert!(changed.iter().all(|at| at / places.len() >= 17 && [14, 15].contains(&(at % places.len()))));
}

#[test]
fn wilsons_interval_is_the_tabled_one() {
    let (low, high) = Share { hits: 5.0, of: 50.0 }.interval();
    assert!((low - 0.0435).abs() < 1e-3 && (high - 0.2136).abs() < 1e-3);
}
