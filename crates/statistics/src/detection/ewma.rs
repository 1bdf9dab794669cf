//! EWMA: an exponentially weighted mean of residuals against its own spread, for slow and persistent rises.
//!
//! Source: Roberts 1959 (Technometrics 1:239); Borror, Champ & Rigdon 1998 (J Qual Technol 30:352) for counts. What is averaged is
//! the mid-quantile residual of each day under its predictive law, so that small and overdispersed counts keep the stated rate.

use super::history::{History, push};
use super::learned::Learned;
use super::recent::Recent;
use super::residual::{count_reaching, mid_p, residual};
use super::{DetectionError, Judgement, Monitored, Reason, Series, Verdicts};
use crate::distributions::CountLaw;

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

impl Params {
    /// The moving baseline; it needs half of its points.
    fn recent(&self) -> Recent {
        Recent { baseline: self.baseline, lag: self.lag, least: self.baseline.div_ceil(2) }
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

    /// One day as a judgement; without a law or a count nothing moves.
    fn judge(&mut self, (index, today): (usize, f64), law: Option<CountLaw>, params: &Params) -> Judgement {
        let Some(law) = law else { return Judgement::undecided(index, today, Reason::MissingBaseline) };
        let upperbound = (count_reaching(&law, self.left(params)) - 1.0).max(0.0);
        let mut point = Judgement { upperbound, expected: law.mean(), ..Judgement::open(index, today) };
        if today.is_nan() {
            point.reason = Some(Reason::MissingToday);
            return point;
        }
        point.score = self.step(residual(&law, today), params);
        point.alarm = Some(point.score > params.limit);
        point.pvalue = mid_p(&law, today);
        point
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
    let laws = params.recent().laws(series, range.clone());
    let mut state = State::default();
    let points = range.zip(laws).map(|(index, law)| state.judge((index, series.at(index)), law, params)).collect();
    let mut verdicts = Verdicts { points, extras: Vec::new() };
    let scores = verdicts.points.iter().map(|point| point.score).collect();
    verdicts.push_extra("ewma", scores);
    Ok(verdicts)
}

/// Many series a day at a time: per series the last counts, what was learned of their dispersion, and the chart's state.
///
/// 1,000,000 series at the default baseline take 296 MB.
#[derive(Debug, Clone)]
pub struct Bank {
    params: Params,
    history: History,
    states: Vec<(Learned, State)>,
    seen: usize,
}

impl Bank {
    /// A bank of `series` empty histories.
    #[must_use]
    pub fn new(params: &Params, series: usize) -> Self {
        let history = History::new(params.baseline + params.lag, series);
        Self { params: *params, history, states: vec![(Learned::default(), State::default()); series], seen: 0 }
    }

    /// Judges one day of all series and moves the state on; `today[i]` is the count of series i, NaN missing.
    /// Until a history is long enough its judgement says so.
    pub fn step(&mut self, today: &[f64], mut judged: impl FnMut(usize, Judgement)) {
        let recent = self.params.recent();
        let ready = self.seen >= self.params.baseline + self.params.lag;
        let series = self.history.each().zip(&mut self.states);
        for (unit, (count, (past, (learned, state)))) in today.iter().zip(series).enumerate() {
            let window = past.get(..self.params.baseline).unwrap_or(&[]);
            let law = recent.law(window, *count, learned).filter(|_| ready);
            judged(unit, state.judge((self.seen, *count), law, &self.params));
            push(past, *count);
        }
        self.seen += 1;
    }

    /// Bytes of state held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.history.bytes() + self.states.len() * size_of::<(Learned, State)>()
    }
}
