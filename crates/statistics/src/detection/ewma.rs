//! EWMA: an exponentially weighted mean of counts against its own spread, for slow and persistent rises.
//!
//! Source: Roberts 1959 (Technometrics 1:239); Borror, Champ & Rigdon 1998 (J Qual Technol 30:352) for counts.

use super::{DetectionError, Judgement, Monitored, Reason, Series, Verdicts};
use crate::distributions::{CountLaw, normal_tail};

/// Parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Params {
    /// Weight of today, 0 < λ ≤ 1 (`lambda`).
    pub lambda: f64,
    /// Limit in standard deviations (`L`).
    pub limit: f64,
    /// Points the in-control mean and spread are estimated from (`baseline`).
    pub baseline: usize,
    /// Latest points left out of the baseline, so that a rise does not hide itself (`lag`).
    pub lag: usize,
    /// Start again after an alarm (`reset`).
    pub reset: bool,
}

impl Default for Params {
    fn default() -> Self {
        Self { lambda: 0.3, limit: 3.5, baseline: 28, lag: 3, reset: true }
    }
}

/// Streaming state: the smoothed standardised count and the variance it has by now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct State {
    value: f64,
    variance: f64,
}

impl State {
    /// One day with in-control mean and spread; gives the statistic in its own standard deviations.
    #[must_use]
    pub fn step(&mut self, count: f64, (mean, sd): (f64, f64), params: &Params) -> f64 {
        let keep = 1.0 - params.lambda;
        self.value = keep * self.value + params.lambda * (count - mean) / sd;
        self.variance = keep * keep * self.variance + params.lambda * params.lambda;
        let score = self.value / self.variance.sqrt();
        if params.reset && score > params.limit {
            *self = Self::default();
        }
        score
    }

    /// The count at which the next step reaches the limit.
    #[must_use]
    pub fn bound(&self, (mean, sd): (f64, f64), params: &Params) -> f64 {
        let keep = 1.0 - params.lambda;
        let variance = keep * keep * self.variance + params.lambda * params.lambda;
        (mean + sd * (params.limit * variance.sqrt() - keep * self.value) / params.lambda).max(0.0)
    }
}

/// Judges the monitored points of one series. Column: `ewma`, the statistic in standard deviations (also `score`).
///
/// Missing counts leave the state as it is; the baseline needs half of its points. The spread is never below the Poisson one
/// and includes the uncertainty of the mean. Default range: from point baseline + lag + 1.
///
/// # Errors
/// A parameter out of range, a range outside the series or before the baseline.
pub fn run(series: Series<'_>, params: &Params, monitored: Monitored) -> Result<Verdicts, DetectionError> {
    let bad = |name, reason| Err(DetectionError::Parameter { name, reason });
    if !(params.lambda > 0.0 && params.lambda <= 1.0) {
        return bad("lambda", "above 0, at most 1");
    }
    if !(params.limit > 0.0 && params.limit.is_finite()) {
        return bad("L", "a finite number above 0");
    }
    if params.baseline < 3 {
        return bad("baseline", "at least 3 points");
    }
    let range = monitored.resolve(series.len(), params.baseline + params.lag, true)?;
    let mut state = State::default();
    let mut verdicts = Verdicts::default();
    for index in range {
        let today = series.at(index);
        let Some(centre) = centre(series, params, index) else {
            verdicts.points.push(Judgement::undecided(index, today, Reason::MissingBaseline));
            continue;
        };
        let mut point =
            Judgement { upperbound: state.bound(centre, params), expected: centre.0, ..Judgement::open(index, today) };
        if today.is_nan() {
            point.reason = Some(Reason::MissingToday);
        } else {
            point.alarm = Some(today > point.upperbound);
            point.score = state.step(today, centre, params);
            // the chart's own tail would be the normal one; counts have the heavier of the two
            let law = CountLaw::of_moments(centre.0.max(0.5 / params.baseline as f64), centre.1 * centre.1);
            point.pvalue = if params.lambda < 1.0 { normal_tail(point.score) } else { law.mid_p(today) };
        }
        verdicts.points.push(point);
    }
    let scores = verdicts.points.iter().map(|point| point.score).collect();
    verdicts.push_extra("ewma", scores);
    Ok(verdicts)
}

/// Mean and standard error of prediction of the baseline; `None` when fewer than half of it is present.
fn centre(series: Series<'_>, params: &Params, index: usize) -> Option<(f64, f64)> {
    let end = index.checked_sub(params.lag)?;
    let window = series.counts.get(end.checked_sub(params.baseline)?..end)?;
    let found = super::ears::moments(window);
    let poisson = ((found.sum + 0.5) / found.n).sqrt();
    let sd = found.sd.max(poisson) * (1.0 + 1.0 / found.n).sqrt();
    (2 * found.n as usize >= params.baseline).then_some((found.mean, sd))
}
