//! The predictive bound of C1 and C2 in the default mode.

use super::{Judgement, Moments, Params, Reason, moments};
use crate::detection::learned::{Forecast, Learned, dispersion, level_of, predictive};
use crate::detection::residual::mid_p;
use crate::distributions::CountLaw;
use std::sync::OnceLock;

/// Sums of the baseline below this have their bound each.
const EXACT: usize = 256;
/// Larger sums lie between steps of this ratio, and their bound between the steps' bounds.
const STEP: f64 = 1.02;
/// Cells of a level: every small sum, then steps up to the largest sum of a baseline.
const CELLS: usize = EXACT + 1250;
/// Levels of dispersion kept in the table.
const LEVELS: usize = 80;

/// Numbers of one level by the baseline's sum, each computed when it is first asked for.
type Row = Box<[OnceLock<f64>]>;

/// Numbers by level of dispersion and sum of a complete baseline.
#[derive(Debug, Clone)]
pub(super) struct Table(Vec<OnceLock<Row>>);

impl Table {
    /// An empty table.
    pub fn new() -> Self {
        Self(vec![OnceLock::new(); LEVELS])
    }

    /// The numbers of a level; `None` above the highest.
    fn row(&self, level: u16) -> Option<&Row> {
        let row = self.0.get(usize::from(level))?;
        Some(row.get_or_init(|| vec![OnceLock::new(); CELLS].into_boxed_slice()))
    }

    /// The number of a small sum; `None` where the table keeps none.
    pub fn small(&self, level: u16, sum: f64, exact: impl FnOnce() -> f64) -> Option<f64> {
        let cell = if sum < EXACT as f64 { self.row(level)?.get(sum as usize) } else { None };
        cell.map(|cell| *cell.get_or_init(exact))
    }

    /// The number of any sum, of large ones by the line between two steps.
    fn any(&self, level: u16, sum: f64, exact: impl Fn(f64) -> f64) -> f64 {
        if let Some(found) = self.small(level, sum, || exact(sum)) {
            return found;
        }
        let Some(row) = self.row(level) else { return exact(sum) };
        let cell =
            |at: usize, sum: f64| row.get(at).map_or_else(|| exact(sum), |cell| *cell.get_or_init(|| exact(sum)));
        let step = ((sum / EXACT as f64).ln() / STEP.ln()).floor();
        let low = EXACT as f64 * STEP.powf(step);
        let (below, above) = (cell(EXACT + step as usize, low), cell(EXACT + 1 + step as usize, low * STEP));
        below + (above - below) * (sum - low) / (low * (STEP - 1.0))
    }
}

/// A baseline's bound: the quantile of a negative-binomial predictive law whose mean is that of the baseline and whose dispersion
/// has been [`Learned`] from the series' own errors.
///
/// One instance serves any number of series, from any thread.
#[derive(Debug, Clone)]
pub struct Bound {
    alpha: f64,
    min_sigma: f64,
    least: usize,
    baseline: usize,
    prior: (f64, f64),
    table: Table,
}

/// A baseline together with the level of dispersion in force.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    found: Moments,
    forecast: Forecast,
    level: u16,
}

impl Known {
    /// Mean of the baseline.
    pub fn mean(&self) -> f64 {
        self.found.mean
    }

    /// Sum of the baseline and level of dispersion.
    pub fn place(&self) -> (f64, u16) {
        (self.found.sum, self.level)
    }
}

impl Bound {
    /// Prepares an empty table for these parameters.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        Self {
            alpha: params.level(),
            min_sigma: params.min_sigma,
            least: params.least(),
            baseline: params.baseline,
            prior: params.prior.unwrap_or((0.5, 0.0)),
            table: Table::new(),
        }
    }

    /// What a baseline window (oldest first, NaN missing) and the past say; `None` when fewer than the least number are present.
    pub(super) fn know(&self, window: &[f64], learned: &Learned) -> Option<Known> {
        let found = moments(window, learned.looks_back());
        if (found.n as usize) < self.least {
            return None;
        }
        let forecast = Forecast { mean: found.mean, error: 1.0 / found.n, squares: found.squares, df: found.n - 1.0 };
        let mut level = learned.level(&forecast);
        if self.min_sigma > 0.0 {
            level = level.max(level_of(self.min_sigma * self.min_sigma / found.mean.max(self.prior.0 / found.n)));
        }
        Some(Known { found, forecast, level })
    }

    /// Predictive law of the day.
    pub(super) fn law(&self, known: &Known) -> CountLaw {
        self.law_of(known.found.n, known.found.sum, known.level)
    }

    /// Predictive law after `n` counts with this sum: the prior is worth as many cases as the counts are dispersed.
    fn law_of(&self, n: f64, sum: f64, level: u16) -> CountLaw {
        let (shape, rate) = self.prior;
        let n = n + rate;
        predictive((sum + shape * dispersion(level)) / n, 1.0 / n, level)
    }

    /// Bound in counts of the day after a window; NaN when fewer than the least number are present.
    #[must_use]
    pub fn of(&self, window: &[f64], learned: &Learned) -> f64 {
        self.know(window, learned).map_or(f64::NAN, |known| self.limit(&known))
    }

    /// Bound of the day after a window, and the day learned from: the whole of a streaming step without p-value.
    #[must_use]
    pub fn step(&self, today: f64, window: &[f64], learned: &mut Learned) -> f64 {
        let Some(known) = self.know(window, learned) else { return f64::NAN };
        learned.learn(today, &known.forecast, known.level);
        self.limit(&known)
    }

    /// Learns from a day that has been judged.
    pub(super) fn learn(&self, today: f64, known: &Known, learned: &mut Learned) {
        learned.learn(today, &known.forecast, known.level);
    }

    /// Bound from the table, where the baseline is complete.
    fn limit(&self, known: &Known) -> f64 {
        let Known { found, level, .. } = known;
        let exact = |sum: f64| self.law_of(found.n, sum, *level).quantile(1.0 - self.alpha);
        if self.complete(known) { self.table.any(*level, found.sum, exact) } else { exact(found.sum) }
    }

    /// Whether no count of the baseline is missing.
    pub(super) fn complete(&self, known: &Known) -> bool {
        known.found.n as usize == self.baseline
    }

    /// Full judgement of a day: bound, decision, expectation, score and mid-p value; the day is learned from afterwards.
    #[must_use]
    pub fn judge(&self, index: usize, today: f64, window: &[f64], learned: &mut Learned) -> Judgement {
        let Some(known) = self.know(window, learned) else {
            return Judgement::undecided(index, today, Reason::MissingBaseline);
        };
        let upperbound = self.limit(&known);
        let mut point = Judgement { upperbound, expected: known.found.mean, ..Judgement::open(index, today) };
        if today.is_nan() {
            point.reason = Some(Reason::MissingToday);
            return point;
        }
        let law = self.law(&known);
        point.alarm = Some(today > upperbound);
        point.score = (today - law.mean()) / law.variance().sqrt();
        point.pvalue = mid_p(&law, today);
        self.learn(today, &known, learned);
        point
    }
}
