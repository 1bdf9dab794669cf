//! EWMA: an exponentially weighted mean of residuals against its own spread, for slow and persistent rises.
//!
//! Source: Roberts 1959 (Technometrics 1:239); Borror, Champ & Rigdon 1998 (J Qual Technol 30:352) for counts. What is averaged is
//! the mid-quantile residual of each day under its predictive law, so that small and overdispersed counts keep the stated rate.

use super::recent::Recent;
use super::residual::{count_reaching, residual};
use super::{DetectionError, Judgement, Monitored, Reason, Series, Verdicts};

/// Parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Params {
    /// Weight of today, 0 < λ ≤ 1 (`lambda`).
    pub lambda: f64,
    /// Limit in standard deviations (`L`).
    pub limit: f64,
    /// Points the in-control law is estimated from (`baseline`).
    pub baseline: usize,
    /// Latest points left out of the baseline, so that a rise does not hide itself (`lag`).
    pub lag: usize,
    /// Start again after an alarm (`reset`).
    pub reset: bool,
}

impl Default for Params {
    fn default() -> Self {
        Self { lambda: 0.3, limit: 3.0, baseline: 28, lag: 3, reset: true }
    }
}

/// Streaming state: the smoothed residual, the sum of its squared weights and the sum of its weights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct State {
    value: f64,
    squares: f64,
    weights: f64,
}

impl State {
    /// One day with its residual; gives the statistic in its own standard deviations. All residuals of a baseline share the error of
    /// its mean, which correlates them by 1/(baseline + 1).
    #[must_use]
    pub fn step(&mut self, residual: f64, params: &Params) -> f64 {
        let (keep, next) = self.next(params);
        let value = keep * self.value + params.lambda * residual;
        let score = value / next.spread(params);
        *self = Self { value, ..next };
        if params.reset && score > params.limit {
            *self = Self::default();
        }
        score
    }

    /// The residual above which the next step alarms.
    #[must_use]
    pub fn left(&self, params: &Params) -> f64 {
        let (keep, next) = self.next(params);
        (params.limit * next.spread(params) - keep * self.value) / params.lambda
    }

    /// The weights after one more day.
    fn next(&self, params: &Params) -> (f64, Self) {
        let keep = 1.0 - params.lambda;
        let squares = keep * keep * self.squares + params.lambda * params.lambda;
        (keep, Self { value: self.value, squares, weights: keep * self.weights + params.lambda })
    }

    /// Standard deviation of the smoothed residual in control.
    fn spread(&self, params: &Params) -> f64 {
        let shared = 1.0 / (params.baseline as f64 + 1.0);
        ((1.0 - shared) * self.squares + shared * self.weights * self.weights).sqrt()
    }
}

/// Judges the monitored points of one series. Column: `ewma`, the statistic in standard deviations (also `score`).
///
/// Missing counts leave the state as it is; the baseline needs half of its points. Default range: from point baseline + lag + 1.
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
    let recent = Recent { baseline: params.baseline, lag: params.lag, least: params.baseline.div_ceil(2) };
    let laws = recent.laws(series, range.clone());
    let mut state = State::default();
    let mut verdicts = Verdicts::default();
    for (index, law) in range.zip(laws) {
        let today = series.at(index);
        let Some(law) = law else {
            verdicts.points.push(Judgement::undecided(index, today, Reason::MissingBaseline));
            continue;
        };
        let upperbound = count_reaching(&law, state.left(params)) - 1.0;
        let mut point =
            Judgement { upperbound: upperbound.max(0.0), expected: law.mean(), ..Judgement::open(index, today) };
        if today.is_nan() {
            point.reason = Some(Reason::MissingToday);
        } else {
            point.score = state.step(residual(&law, today), params);
            point.alarm = Some(point.score > params.limit);
            point.pvalue = law.mid_p(today);
        }
        verdicts.points.push(point);
    }
    let scores = verdicts.points.iter().map(|point| point.score).collect();
    verdicts.push_extra("ewma", scores);
    Ok(verdicts)
}
