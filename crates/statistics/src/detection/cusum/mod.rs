//! CUSUM of standardised counts, and EWMA's sibling for persistent small rises.
//!
//! Source: Rossi, Lampugnani & Marchi 1999 (Stat Med 18:2111); Pierce & Schafer 1986 (JASA 81:977) for the Anscombe residuals.

mod mean;
mod transform;

pub use mean::Mean;
pub use transform::Transform;

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
    /// Standardisation (`trans`).
    pub transform: Transform,
    /// Dispersion of the negative-binomial residual: variance m + αm² (`alpha`).
    pub alpha: f64,
    /// Start again from zero after an alarm; `None` is yes by default and no in compat.
    pub reset: Option<bool>,
}

impl Default for Params {
    fn default() -> Self {
        Self { k: 1.04, h: 2.26, mean: Mean::Past, transform: Transform::Standard, alpha: 0.1, reset: None }
    }
}

/// Streaming state: the statistic, and whether the last step alarmed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct State {
    statistic: f64,
}

impl State {
    /// The statistic after the last step.
    #[must_use]
    pub fn statistic(self) -> f64 {
        self.statistic
    }

    /// One day: C ← max(0, C + s − k); alarm at C ≥ h. A missing count leaves the state as it is in the default mode.
    #[must_use]
    pub fn step(&mut self, count: f64, mean: f64, rule: &Rule) -> Step {
        let bound = rule.transform.bound(rule.h + rule.k - self.statistic, mean, rule);
        if count.is_nan() && !rule.compat {
            return Step { statistic: self.statistic, bound, alarm: None };
        }
        let raised = self.statistic + rule.transform.score(count, mean, rule.alpha) - rule.k;
        let statistic = if raised < 0.0 { 0.0 } else { raised };
        let alarm = (!statistic.is_nan()).then_some(statistic >= rule.h);
        // R shows, for untransformed counts, what is left to the limit after today
        let bound =
            if rule.compat && rule.transform == Transform::None { (rule.h - statistic).max(0.0) } else { bound };
        self.statistic = if rule.reset && alarm == Some(true) { 0.0 } else { statistic };
        Step { statistic, bound, alarm }
    }
}

/// The constants of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    k: f64,
    h: f64,
    alpha: f64,
    transform: Transform,
    reset: bool,
    compat: bool,
}

impl Rule {
    /// The rule of these parameters in a mode.
    #[must_use]
    pub fn new(params: &Params, mode: Mode) -> Self {
        let compat = mode == Mode::R;
        let reset = params.reset.unwrap_or(!compat);
        Self { k: params.k, h: params.h, alpha: params.alpha, transform: params.transform, reset, compat }
    }
}

/// What one step gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The statistic, before any reset.
    pub statistic: f64,
    /// The count that would have reached the limit.
    pub bound: f64,
    /// The decision.
    pub alarm: Option<bool>,
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
    let means = params.mean.over(series, range.clone(), mode)?;
    let rule = Rule::new(params, mode);
    let mut state = State::default();
    let mut verdicts = Verdicts::default();
    let mut statistics = Vec::with_capacity(range.len());
    for (index, mean) in range.zip(means) {
        let count = series.at(index);
        let step = state.step(count, mean, &rule);
        statistics.push(step.statistic);
        verdicts.points.push(judgement(index, count, mean, (&step, params)));
    }
    verdicts.push_extra("cusum", statistics);
    Ok(verdicts)
}

/// A step as a judgement; the p-value is the predictive mid-p of the day's count under the in-control law.
fn judgement(index: usize, count: f64, mean: f64, (step, params): (&Step, &Params)) -> Judgement {
    let wide = params.transform == Transform::PearsonNegBin;
    let law = CountLaw::of_moments(mean, if wide { mean + params.alpha * mean * mean } else { mean });
    let reason = if count.is_nan() {
        Some(Reason::MissingToday)
    } else if step.alarm.is_none() || !mean.is_finite() {
        Some(Reason::NoMean)
    } else {
        None
    };
    let pvalue = if count.is_nan() { f64::NAN } else { law.mid_p(count) };
    Judgement {
        index,
        observed: count,
        upperbound: step.bound,
        alarm: step.alarm,
        expected: mean,
        score: step.statistic,
        pvalue,
        reason,
    }
}

#[cfg(test)]
mod tests;
