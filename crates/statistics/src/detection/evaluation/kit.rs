//! Measures of a detector over many simulated series, and its calibration to a false-alarm rate.

use super::{Outbreak, Scenario, simulate};
use rayon::prelude::*;

/// A detector as the kit sees it: p-values (or any score where smaller is more alarming) of the days from `from` on.
pub type Alarming<'a> = dyn Fn(&[f64], usize) -> Vec<f64> + Sync + 'a;

/// What a detector does at one threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// False alarms per outbreak-free day, and its 95 % interval (Wilson).
    pub false_rate: f64,
    /// Interval of the false-alarm rate.
    pub false_interval: (f64, f64),
    /// Share of outbreaks with an alarm on an outbreak day within 14 days.
    pub detected: f64,
    /// Interval of `detected`.
    pub detected_interval: (f64, f64),
    /// Share detected within 1, 3 and 7 days.
    pub within: [f64; 3],
    /// Mean delay in days of those detected.
    pub delay: f64,
    /// Alarms on outbreak days over all alarms.
    pub precision: f64,
    /// Alarms per 1,000 units a day without outbreaks.
    pub per_thousand: f64,
}

/// Runs a detector over `series` simulated series with one outbreak each. The days from `from` on are judged; the outbreak begins
/// 30 days before the end. Order and threads do not change the answer.
#[must_use]
pub fn measure(
    scenario: &Scenario,
    (size, from): (f64, usize),
    (series, seed): (u64, u64),
    threshold: f64,
    detector: &Alarming<'_>,
) -> Measures {
    let start = scenario.days.saturating_sub(30);
    let tallies: Vec<Tally> = (0..series)
        .into_par_iter()
        .map(|number| {
            let (counts, ill) = simulate(scenario, Some(Outbreak { start, size }), seed ^ (number << 20));
            Tally::of(&detector(&counts, from), &ill, (from, start), threshold)
        })
        .collect();
    let sum = |f: fn(&Tally) -> f64| tallies.iter().map(f).sum::<f64>();
    let (free, wrong) = (sum(|t| t.free), sum(|t| t.wrong));
    let right = sum(|t| t.right);
    let delays: Vec<f64> = tallies.iter().filter_map(|tally| tally.delay).collect();
    let n = tallies.len() as f64;
    let early = |days: f64| delays.iter().filter(|delay| **delay < days).count() as f64 / n;
    Measures {
        false_rate: wrong / free,
        false_interval: wilson(wrong, free),
        detected: delays.len() as f64 / n,
        detected_interval: wilson(delays.len() as f64, n),
        within: [early(1.0), early(3.0), early(7.0)],
        delay: delays.iter().sum::<f64>() / delays.len() as f64,
        precision: right / (right + wrong),
        per_thousand: 1000.0 * wrong / free,
    }
}

/// Days and alarms of one series.
#[derive(Debug, Clone, Copy)]
struct Tally {
    free: f64,
    wrong: f64,
    right: f64,
    delay: Option<f64>,
}

impl Tally {
    fn of(pvalues: &[f64], ill: &[bool], (from, start): (usize, usize), threshold: f64) -> Self {
        let mut tally = Self { free: 0.0, wrong: 0.0, right: 0.0, delay: None };
        for (day, (p, ill)) in (from..).zip(pvalues.iter().zip(ill.iter().skip(from))) {
            let alarm = *p <= threshold;
            if *ill {
                tally.right += f64::from(u8::from(alarm));
                if alarm && tally.delay.is_none() && day < start + 14 {
                    tally.delay = Some((day - start) as f64);
                }
            } else if day < start {
                tally.free += 1.0;
                tally.wrong += f64::from(u8::from(alarm));
            }
        }
        tally
    }
}

/// Rate of alarms on days without outbreak, with its 95 % interval.
#[must_use]
pub fn false_alarm_rate(
    scenario: &Scenario,
    from: usize,
    (series, seed): (u64, u64),
    threshold: f64,
    detector: &Alarming<'_>,
) -> (f64, (f64, f64)) {
    let pvalues = null_pvalues(scenario, from, (series, seed), detector);
    let alarms = pvalues.iter().filter(|p| **p <= threshold).count() as f64;
    (alarms / pvalues.len() as f64, wilson(alarms, pvalues.len() as f64))
}

/// The threshold at which a detector alarms on a share `rate` of days without outbreak.
#[must_use]
pub fn calibrate(
    scenario: &Scenario,
    from: usize,
    (series, seed): (u64, u64),
    rate: f64,
    detector: &Alarming<'_>,
) -> f64 {
    let mut pvalues = null_pvalues(scenario, from, (series, seed), detector);
    pvalues.sort_by(f64::total_cmp);
    let allowed = (rate * pvalues.len() as f64).floor() as usize;
    // just below the first value that would be one too many, so that ties do not overrun the rate
    pvalues.get(allowed).map_or(f64::NAN, |p| p.next_down())
}

/// p-values of all judged days of series without outbreak, in order.
fn null_pvalues(scenario: &Scenario, from: usize, (series, seed): (u64, u64), detector: &Alarming<'_>) -> Vec<f64> {
    let one = |number: u64| detector(&simulate(scenario, None, seed ^ (number << 20)).0, from);
    let all: Vec<Vec<f64>> = (0..series).into_par_iter().map(one).collect();
    all.into_iter().flatten().filter(|p| !p.is_nan()).collect()
}

/// 95 % interval of a proportion (Wilson 1927, JASA 22:209).
#[must_use]
pub fn wilson(hits: f64, n: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054;
    let p = hits / n;
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
    ((centre - half).max(0.0), (centre + half).min(1.0))
}
