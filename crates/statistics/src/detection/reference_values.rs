//! Bayes and RKI: a bound from reference values of this year and of the same weeks in earlier years.
//!
//! Sources: Riebler 2004; Höhle 2007 (Comput Stat 22:571); Crow & Gardner 1959 (Biometrika 46:441) for the RKI table.

use super::learned::{Forecast, Learned, dispersion, predictive};
use super::{DetectionError, Judgement, Mode, Monitored, Reason, Series, Verdicts};
use crate::distributions::CountLaw;

/// Which bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// Predictive quantile 1 − α of the gamma–Poisson law with Jeffreys' prior.
    Bayes {
        /// One-sided level.
        alpha: f64,
    },
    /// Mean + 2 standard deviations above a mean of 20, else the upper 95 % Poisson limit of Crow & Gardner. In the default mode the
    /// upper end of a 95 % prediction interval, which is what both stand for.
    Rki,
}

/// Reference values and bound under R's names (`bayes`, `rki`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Params {
    /// Years back (`b`).
    pub years: usize,
    /// Half-width of the windows; length of this year's part (`w`).
    pub half_width: usize,
    /// Use the last w points of this year (`actY`).
    pub this_year: bool,
    /// The bound.
    pub bound: Bound,
}

impl Params {
    /// R's default for Bayes (Bayes 1): the last 6 points.
    #[must_use]
    pub fn bayes() -> Self {
        Self { years: 0, half_width: 6, this_year: true, bound: Bound::Bayes { alpha: 0.05 } }
    }

    /// R's default for RKI (RKI 3): 9 points of each of the last two years.
    #[must_use]
    pub fn rki() -> Self {
        Self { years: 2, half_width: 4, this_year: false, bound: Bound::Rki }
    }
}

/// Upper 95 % limits of a Poisson mean for 0 … 20 counts, Crow & Gardner 1959, table 1.
const CROW_GARDNER: [f64; 21] = [
    3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633, 19.05, 20.335, 21.364, 22.945,
    23.762, 25.4, 26.306, 27.735, 28.966, 30.017,
];

/// One-sided level of RKI in the default mode: the upper end of a 95 % interval.
const RKI_LEVEL: f64 = 0.025;

/// Judges the monitored points of one series. In the default mode the bound is the quantile of a negative-binomial predictive law
/// whose dispersion is learned from the series' own past errors; missing reference values are left out; fewer than half of them
/// (at least one) give no decision.
///
/// Default range: from the first point with all its reference values.
///
/// # Errors
/// A parameter out of range, a range outside the series or before its reference values; in compat, for RKI, a missing count.
pub fn run(series: Series<'_>, params: &Params, monitored: Monitored, mode: Mode) -> Result<Verdicts, DetectionError> {
    if let Bound::Bayes { alpha } = params.bound
        && !(alpha > 0.0 && alpha < 1.0)
    {
        return Err(DetectionError::Parameter { name: "alpha", reason: "between 0 and 1" });
    }
    let frequency = series.timeline.frequency;
    if mode == Mode::Correct && params.years == 0 && (params.half_width == 0 || !params.this_year) {
        return Err(DetectionError::Parameter {
            name: "w",
            reason: "no reference value with b = 0 and no actY or w = 0",
        });
    }
    let reach = if params.years > 0 { frequency * params.years + params.half_width } else { params.half_width };
    let range = monitored.resolve(series.len(), reach, true)?;
    let points = match mode {
        Mode::R => range.map(|index| as_r(series, params, index)).collect::<Result<_, _>>()?,
        Mode::Correct => calibrated(series, params, range.end).split_off(range.start),
    };
    Ok(Verdicts { points, extras: Vec::new() })
}

/// The default mode from the first row on, because the dispersion is learned from all of them.
fn calibrated(series: Series<'_>, params: &Params, until: usize) -> Vec<Judgement> {
    let alpha = match params.bound {
        Bound::Bayes { alpha } => alpha,
        Bound::Rki => RKI_LEVEL,
    };
    let mut learned = Learned::default();
    let mut judge = |index: usize| {
        let all = values(series, params, index);
        let wanted = all.len();
        let today = series.at(index);
        let present: Vec<f64> = all.into_iter().filter(|y| !y.is_nan()).collect();
        if 2 * present.len() < wanted.max(2) {
            return Judgement::undecided(index, today, Reason::MissingBaseline);
        }
        let n = present.len() as f64;
        let mean = present.iter().sum::<f64>() / n;
        let squares = present.iter().map(|y| (y - mean).powi(2)).sum();
        let forecast = Forecast { mean, error: 1.0 / n, squares, df: n - 1.0 };
        let level = learned.level(&forecast);
        // Jeffreys' prior, worth half a case of a Poisson law
        let law = predictive(mean + 0.5 * dispersion(level) / n, 1.0 / n, level);
        learned.learn(today, &forecast, level);
        decide(
            Judgement { upperbound: law.quantile(1.0 - alpha), expected: mean, ..Judgement::open(index, today) },
            &law,
        )
    };
    (0..until).map(&mut judge).collect()
}

/// One point as R judges it.
fn as_r(series: Series<'_>, params: &Params, index: usize) -> Result<Judgement, DetectionError> {
    let mut all = values(series, params, index);
    let today = series.at(index);
    if params.this_year && params.half_width == 0 {
        // R's (t − 0):(t − 1) counts down: today and yesterday
        all.extend([today, series.at(index.wrapping_sub(1))]);
    }
    if params.bound == Bound::Rki && (all.is_empty() || all.iter().any(|y| y.is_nan()) || today.is_nan()) {
        return Err(DetectionError::ReferenceStops { row: index, reason: "a missing count (RKI)" });
    }
    let present: Vec<f64> = all.into_iter().filter(|y| !y.is_nan()).collect();
    if present.is_empty() {
        return Ok(Judgement::undecided(index, today, Reason::MissingBaseline));
    }
    let n = present.len() as f64;
    let sum: f64 = present.iter().sum();
    let law = CountLaw::NegativeBinomial { size: sum + 0.5, mean: (sum + 0.5) / n };
    let mean = sum / n;
    let sd = (present.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let upperbound = match params.bound {
        Bound::Bayes { alpha } => law.quantile(1.0 - alpha),
        Bound::Rki if mean > 20.0 => mean + 2.0 * sd,
        Bound::Rki => CROW_GARDNER.get(mean.floor() as usize).copied().unwrap_or(f64::NAN),
    };
    Ok(decide(Judgement { upperbound, expected: mean, ..Judgement::open(index, today) }, &law))
}

/// Decision, score and mid-p value of a point with its bound.
fn decide(mut point: Judgement, law: &CountLaw) -> Judgement {
    let today = point.observed;
    if today.is_nan() {
        point.reason = Some(Reason::MissingToday);
    } else {
        point.alarm = (!point.upperbound.is_nan()).then_some(today > point.upperbound);
        point.score = (today - law.mean()) / law.variance().sqrt();
        point.pvalue = law.mid_p(today);
    }
    point
}

/// Reference values, earliest year first; NaN before the first row.
fn values(series: Series<'_>, params: &Params, index: usize) -> Vec<f64> {
    let width = params.half_width;
    let mut found = Vec::new();
    for back in (1..=params.years).rev() {
        // `away` rows before the newest of the window
        let newest = index + width;
        let row = |away: usize| newest.checked_sub(series.timeline.frequency * back + away);
        found.extend((0..=2 * width).rev().map(|away| row(away).map_or(f64::NAN, |row| series.at(row))));
    }
    if params.this_year {
        found.extend((1..=width).rev().map(|away| index.checked_sub(away).map_or(f64::NAN, |row| series.at(row))));
    }
    found
}
