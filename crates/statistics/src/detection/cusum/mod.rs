//! CUSUM of standardised counts, for small rises that last.
//!
//! Source: Rossi, Lampugnani & Marchi 1999 (Stat Med 18:2111); Pierce & Schafer 1986 (JASA 81:977) for the Anscombe residuals. In
//! the default mode the score is the mid-quantile residual of the day under its predictive law, which is standard normal in control
//! whatever the mean, the dispersion and the uncertainty of both.

mod bank;
mod chart;
mod mean;
mod transform;

pub use bank::Bank;
pub use chart::{Rule, State, Step};
pub use mean::Mean;
pub use transform::Transform;

use super::residual::{count_reaching, mid_p, residual};
use super::{DetectionError, Judgement, Mode, Monitored, Reason, Series, Verdicts};
use crate::distributions::CountLaw;

/// Parameters under R's names (`cusum`).
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Reference value (`k`).
    pub k: f64,
    /// Decision limit (`h`).
    pub h: f64,
    /// In-control mean (`m`).
    pub mean: Mean,
    /// Standardisation (`trans`); `None` is R's "standard" in compat and the mid-quantile residual by default.
    pub transform: Option<Transform>,
    /// Dispersion of the negative-binomial residual: variance m + αm² (`alpha`).
    pub alpha: f64,
    /// Start again from zero after an alarm; `None` is yes by default and no in compat.
    pub reset: Option<bool>,
}

impl Default for Params {
    fn default() -> Self {
        Self { k: 1.04, h: 2.26, mean: Mean::Past, transform: None, alpha: 0.1, reset: None }
    }
}

/// Judges the monitored points of one series. Column: `cusum`, the statistic.
///
/// Default range: from the second year on.
///
/// # Errors
/// A parameter out of range, a range outside the series, means of another length than the range.
pub fn run(series: Series<'_>, params: &Params, monitored: Monitored, mode: Mode) -> Result<Verdicts, DetectionError> {
    if !(params.k.is_finite() && params.h.is_finite()) {
        return Err(DetectionError::Parameter { name: "h", reason: "k and h are finite numbers" });
    }
    if !(params.alpha >= 0.0 && params.alpha.is_finite()) {
        return Err(DetectionError::Parameter { name: "alpha", reason: "0 or more" });
    }
    let first = if series.len() > series.timeline.frequency { series.timeline.frequency } else { 1 };
    let range = monitored.resolve(series.len(), first, false)?;
    let points = match mode {
        Mode::R => as_r(series, params, range)?,
        Mode::Correct => calibrated(series, params, range)?,
    };
    let mut verdicts = Verdicts { points, extras: Vec::new() };
    let statistics = verdicts.points.iter().map(|point| point.score).collect();
    verdicts.push_extra("cusum", statistics);
    Ok(verdicts)
}

/// R's chart: plug-in means.
fn as_r(series: Series<'_>, params: &Params, range: std::ops::Range<usize>) -> Result<Vec<Judgement>, DetectionError> {
    let means = params.mean.as_r(series, range.clone())?;
    let rule = Rule::new(params, Mode::R);
    let transform = params.transform.unwrap_or(Transform::Standard);
    let mut state = State::default();
    let judge = |(index, mean): (usize, f64)| {
        let count = series.at(index);
        let step = transform.step(&mut state, count, (mean, &rule));
        let law = CountLaw::of_moments(mean, transform.variance(mean, params.alpha));
        judgement(Judgement { expected: mean, ..Judgement::open(index, count) }, &step, &law)
    };
    Ok(range.zip(means).map(judge).collect())
}

/// The default chart: predictive laws; a missing count or an unknown law leaves the state as it is.
fn calibrated(
    series: Series<'_>,
    params: &Params,
    range: std::ops::Range<usize>,
) -> Result<Vec<Judgement>, DetectionError> {
    let laws = params.mean.laws(series, range.clone())?;
    let rule = Rule::new(params, Mode::Correct);
    let mut state = State::default();
    let judge = |(index, law)| judge((index, series.at(index)), law, &mut state, (params, &rule));
    Ok(range.zip(laws).map(judge).collect())
}

/// One day of the default chart.
fn judge(
    (index, count): (usize, f64),
    law: Option<CountLaw>,
    state: &mut State,
    (params, rule): (&Params, &Rule),
) -> Judgement {
    let Some(law) = law else { return Judgement::undecided(index, count, Reason::MissingBaseline) };
    let step = match params.transform {
        Some(transform) if count.is_nan() => state.gap(transform.bound(rule.left(state), law.mean(), rule)),
        Some(transform) => transform.step(state, count, (law.mean(), rule)),
        None => {
            let bound = count_reaching(&law, rule.left(state));
            if count.is_nan() { state.gap(bound) } else { state.step(residual(&law, count), bound, rule) }
        }
    };
    judgement(Judgement { expected: law.mean(), ..Judgement::open(index, count) }, &step, &law)
}

/// A step as a judgement; the p-value is the predictive mid-p of the day's count under the in-control law.
fn judgement(open: Judgement, step: &Step, law: &CountLaw) -> Judgement {
    let (count, mean) = (open.observed, law.mean());
    let reason = if count.is_nan() {
        Some(Reason::MissingToday)
    } else if step.alarm.is_none() || !mean.is_finite() {
        Some(Reason::NoMean)
    } else {
        None
    };
    let pvalue = if count.is_nan() { f64::NAN } else { mid_p(law, count) };
    Judgement { upperbound: step.bound, alarm: step.alarm, score: step.statistic, pvalue, reason, ..open }
}

#[cfg(test)]
mod tests;
