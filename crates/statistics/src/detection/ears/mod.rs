//! EARS C1, C2 and C3: today's count against the mean and spread of the last days.
//!
//! Source: Hutwagner et al. 2003 (J Urban Health 80:i89); Fricker, Hegler & Dunfee 2008 (Stat Med 27:3407). In the default
//! mode the bound is the quantile of a negative-binomial predictive law whose dispersion is learned from the series' own past
//! errors, so that zeros decide and the false-alarm rate is held for small and for overdispersed counts too.

mod bank;
mod bound;
mod discrepancy;
mod reference;

pub use bank::Bank;
pub use bound::Bound;
pub use discrepancy::Discrepancy;

use super::learned::Learned;
use super::{DetectionError, Judgement, Mode, Monitored, Reason, Series, Verdicts};
use crate::distributions::{normal_quantile, normal_tail};

/// Which of the three charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variant {
    /// Baseline t−B … t−1.
    #[default]
    C1,
    /// Baseline t−B−2 … t−3: an outbreak's first days do not hide the rest.
    C2,
    /// Sum of the excesses of C2 over three days.
    C3,
}

impl Variant {
    /// Days between the baseline's end and today.
    #[must_use]
    pub fn lag(self) -> usize {
        if self == Self::C1 { 0 } else { 2 }
    }
}

/// Parameters under R's names (`earsC`).
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Chart (`method`).
    pub method: Variant,
    /// Length B of the baseline, at least 3 (`baseline`).
    pub baseline: usize,
    /// Least spread (`minSigma`).
    pub min_sigma: f64,
    /// One-sided level; `None` is 0.001 for C1 and C2, 0.025 for C3 (`alpha`).
    pub alpha: Option<f64>,
    /// Fewest present baseline values in the default mode; `None` is half the baseline, rounded up, at least 3.
    pub min_present: Option<usize>,
    /// Gamma prior (shape, rate) of the gamma–Poisson bound, for example from siblings; `None` is Jeffreys' (1/2, 0).
    pub prior: Option<(f64, f64)>,
}

impl Default for Params {
    fn default() -> Self {
        Self { method: Variant::C1, baseline: 7, min_sigma: 0.0, alpha: None, min_present: None, prior: None }
    }
}

impl Params {
    /// The level in force.
    #[must_use]
    pub fn level(&self) -> f64 {
        self.alpha.unwrap_or(if self.method == Variant::C3 { 0.025 } else { 0.001 })
    }

    /// Fewest present baseline values in force.
    #[must_use]
    pub fn least(&self) -> usize {
        self.min_present.unwrap_or(self.baseline.div_ceil(2)).max(3).min(self.baseline)
    }

    /// Values a chart looks back, today excluded.
    #[must_use]
    pub fn reach(&self) -> usize {
        self.baseline + if self.method == Variant::C3 { 4 } else { self.method.lag() }
    }

    /// Checks the ranges of the parameters.
    ///
    /// # Errors
    /// [`DetectionError::Parameter`] naming the offender.
    pub fn check(&self) -> Result<(), DetectionError> {
        let bad = |name, reason| Err(DetectionError::Parameter { name, reason });
        if self.baseline < 3 {
            return bad("baseline", "at least 3 points");
        }
        if !(self.min_sigma >= 0.0 && self.min_sigma.is_finite()) {
            return bad("minSigma", "a finite number, 0 or more");
        }
        if !(self.level() > 0.0 && self.level() < 1.0) {
            return bad("alpha", "between 0 and 1");
        }
        match self.prior {
            Some((shape, rate)) if !(shape > 0.0 && rate >= 0.0 && shape.is_finite() && rate.is_finite()) => {
                bad("prior", "shape above 0 and rate 0 or more")
            }
            _ => Ok(()),
        }
    }
}

/// Judges the monitored points of one series.
///
/// Default range: from point B+1 (C1), B+3 (C2), B+5 (C3), counted from 1. Columns: none beyond the common ones; `score` is
/// the chart's statistic, `expected` the baseline mean.
///
/// # Errors
/// A parameter out of range, a range outside the series or before its baseline; in compat also one monitored point of C3,
/// where R stops.
pub fn run(series: Series<'_>, params: &Params, monitored: Monitored, mode: Mode) -> Result<Verdicts, DetectionError> {
    params.check()?;
    let range = monitored.resolve(series.len(), params.reach(), true)?;
    let points = match mode {
        Mode::R => {
            if params.method == Variant::C3 && range.len() == 1 {
                let reason = "C3 with exactly one monitored point";
                return Err(DetectionError::ReferenceStops { row: range.start, reason });
            }
            reference::judge(series, params, range)
        }
        Mode::Correct => calibrated(series, params, range),
    };
    Ok(Verdicts { points, extras: Vec::new() })
}

/// The default mode over a range. Every day from the first on is judged, because the dispersion is learned from all of them.
fn calibrated(series: Series<'_>, params: &Params, range: std::ops::Range<usize>) -> Vec<Judgement> {
    let mut learned = Learned::default();
    let mut before = [0.0; 2];
    let bound = Bound::new(params);
    let sum = (params.method == Variant::C3).then(|| Discrepancy::new(params));
    let mut judge = |index: usize| {
        let (today, window) = (series.at(index), window(series.counts, index, params, 0));
        match &sum {
            None => bound.judge(index, today, window, &mut learned),
            Some(sum) => sum.judge(index, today, window, (&mut before, &mut learned)),
        }
    };
    let mut points: Vec<Judgement> = (0..range.end).map(&mut judge).collect();
    points.drain(..range.start);
    points
}

/// Baseline window of the point `back` days before `index`; empty when the series does not reach so far.
fn window<'a>(counts: &'a [f64], index: usize, params: &Params, back: usize) -> &'a [f64] {
    let end = index.saturating_sub(params.method.lag() + back);
    counts.get(end.saturating_sub(params.baseline)..end).unwrap_or(&[])
}

/// Number, sum, mean and sum of squares about the mean (0 where it was not asked for) of the present values of a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub n: f64,
    pub sum: f64,
    pub mean: f64,
    pub squares: f64,
}

/// Moments of the present values of a window, in two passes; the second, for the squares, only where they are asked for.
pub(super) fn moments(window: &[f64], squares: bool) -> Moments {
    let sum: f64 = window.iter().sum();
    if !sum.is_nan() {
        // nothing is missing: no question at each value
        let n = window.len() as f64;
        let mean = sum / n;
        let squares = if squares { window.iter().map(|value| (value - mean).powi(2)).sum() } else { 0.0 };
        return Moments { n, sum, mean, squares };
    }
    let present = || window.iter().filter(|value| !value.is_nan());
    let (n, sum) = (present().count() as f64, present().sum::<f64>());
    let mean = sum / n;
    let squares = if squares { present().map(|value| (value - mean).powi(2)).sum() } else { 0.0 };
    Moments { n, sum, mean, squares }
}

#[cfg(test)]
mod tests;
