//! Rules of the evaluation kit.

use super::*;

const QUIET: Scenario = Scenario { mean: 5.0, dispersion: 1.5, season: 0.3, monday: 1.2, term_start: 1.3, days: 200 };

#[test]
fn the_same_seed_gives_the_same_series_and_an_outbreak_only_adds() {
    let (plain, _) = simulate(&QUIET, None, 9);
    assert_eq!(plain, simulate(&QUIET, None, 9).0);
    let (with, ill) = simulate(&QUIET, Some(Outbreak { start: 170, size: 8.0 }), 9);
    assert!(plain.iter().zip(&with).all(|(a, b)| a <= b));
    assert!(ill.iter().skip(170).any(|flag| *flag) && !ill.iter().take(170).any(|flag| *flag));
}

#[test]
fn calibration_holds_the_rate() {
    let scores = |counts: &[f64], from: usize| counts.iter().skip(from).map(|y| -y).collect::<Vec<f64>>();
    let limit = calibrate(&QUIET, 50, (40, 3), 0.02, &scores);
    let (rate, _) = false_alarm_rate(&QUIET, 50, (40, 3), limit, &scores);
    assert!(rate <= 0.02 && rate > 0.0);
}
