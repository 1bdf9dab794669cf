//! Measures of a detector over many series with and without an outbreak, and its calibration to a false-alarm rate.

use super::Trial;
use rayon::prelude::*;

/// A detector as the kit sees it: for each day from `from` on a score where smaller is more alarming; a day without decision is NaN.
pub type Alarming<'a> = dyn Fn(&[f64], usize) -> Vec<f64> + Sync + 'a;

/// Where series come from: number and whether an outbreak is wanted. The same number gives the same series.
pub type Source<'a> = dyn Fn(u64, bool) -> Trial + Sync + 'a;

/// What a detector does at one threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// False alarms per outbreak-free day.
    pub false_rate: Share,
    /// Outbreaks with an alarm on an outbreak day within 14 days.
    pub detected: Share,
    /// Share detected within 1, 3 and 7 days.
    pub within: [f64; 3],
    /// Mean delay in days of those detected; NaN when none is.
    pub delay: f64,
    /// Alarms on outbreak days over all alarms.
    pub precision: Share,
}

/// A proportion with its counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub hits: f64,
    /// Of how many.
    pub of: f64,
}

impl Share {
    /// The proportion; NaN of nothing.
    #[must_use]
    pub fn value(self) -> f64 {
        self.hits / self.of
    }

    /// 95 % interval (Wilson 1927, JASA 22:209); NaN of nothing.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        let z = 1.959_963_984_540_054;
        let (p, n) = (self.value(), self.of);
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        // keeps NaN, where min and max would not
        (if centre < half { 0.0 } else { centre - half }, if centre + half > 1.0 { 1.0 } else { centre + half })
    }
}

/// Runs a detector over `trials` series with one outbreak each. Order and threads do not change the answer.
#[must_use]
pub fn measure(source: &Source<'_>, trials: u64, threshold: f64, detector: &Alarming<'_>) -> Measures {
    let one = |number: u64| {
        let trial = source(number, true);
        Tally::of(&detector(&trial.counts, trial.from), &trial, threshold)
    };
    let tallies: Vec<Tally> = (0..trials).into_par_iter().map(one).collect();
    let sum = |f: fn(&Tally) -> f64| tallies.iter().map(f).sum::<f64>();
    let (wrong, right) = (sum(|t| t.wrong), sum(|t| t.right));
    let delays: Vec<f64> = tallies.iter().filter_map(|tally| tally.delay).collect();
    let n = tallies.len() as f64;
    let early = |days: f64| delays.iter().filter(|delay| **delay < days).count() as f64 / n;
    Measures {
        false_rate: Share { hits: wrong, of: sum(|t| t.free) },
        detected: Share { hits: delays.len() as f64, of: n },
        within: [early(1.0), early(3.0), early(7.0)],
        delay: delays.iter().sum::<f64>() / delays.len() as f64,
        precision: Share { hits: right, of: right + wrong },
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
    fn of(scores: &[f64], trial: &Trial, threshold: f64) -> Self {
        let mut tally = Self { free: 0.0, wrong: 0.0, right: 0.0, delay: None };
        for (day, (score, ill)) in (trial.from..).zip(scores.iter().zip(trial.ill.iter().skip(trial.from))) {
            let alarm = *score <= threshold;
            if *ill {
                tally.right += f64::from(u8::from(alarm));
                if alarm && tally.delay.is_none() && day < trial.start + 14 {
                    tally.delay = Some((day - trial.start) as f64);
                }
            } else if day < trial.start {
                tally.free += 1.0;
                tally.wrong += f64::from(u8::from(alarm));
            }
        }
        tally
    }
}

/// Alarms of a detector on the days of series without outbreak.
#[must_use]
pub fn false_alarm_rate(source: &Source<'_>, trials: u64, threshold: f64, detector: &Alarming<'_>) -> Share {
    let scores = null_scores(source, trials, detector);
    Share { hits: scores.iter().filter(|score| **score <= threshold).count() as f64, of: scores.len() as f64 }
}

/// The threshold at which a detector alarms on a share `rate` of days without outbreak, or the nearest below it.
#[must_use]
pub fn calibrate(source: &Source<'_>, trials: u64, rate: f64, detector: &Alarming<'_>) -> f64 {
    let mut scores = null_scores(source, trials, detector);
    scores.sort_by(f64::total_cmp);
    let allowed = (rate * scores.len() as f64).floor() as usize;
    // just below the first value that would be one too many, so that ties do not overrun the rate
    scores.get(allowed).map_or(f64::NAN, |score| score.next_down())
}

/// Scores of all decided days of series without outbreak, in order.
fn null_scores(source: &Source<'_>, trials: u64, detector: &Alarming<'_>) -> Vec<f64> {
    let one = |number: u64| {
        let trial = source(number, false);
        detector(&trial.counts, trial.from)
    };
    let all: Vec<Vec<f64>> = (0..trials).into_par_iter().map(one).collect();
    all.into_iter().flatten().filter(|score| !score.is_nan()).collect()
}
