//! The predictive bound of C1 and C2 in the default mode.

use super::{Judgement, Moments, Params, Reason, moments};
use crate::distributions::{CountLaw, student_quantile, student_tail};

/// Sums of the baseline up to this have their gamma–Poisson bound in a table.
const TABLE: usize = 2048;

/// A baseline's bound: the wider of Student's t predictive limit and the gamma–Poisson predictive quantile.
///
/// One instance serves any number of series; building it costs a few milliseconds, a bound some nanoseconds.
#[derive(Debug, Clone)]
pub struct Bound {
    alpha: f64,
    min_sigma: f64,
    least: usize,
    baseline: usize,
    prior: (f64, f64),
    students: Vec<f64>,
    table: Vec<f64>,
}

impl Bound {
    /// Prepares the quantiles for these parameters.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let alpha = params.level();
        let students = (0..=params.baseline)
            .map(|n| if n < 2 { f64::NAN } else { student_quantile(1.0 - alpha, (n - 1) as f64) })
            .collect();
        let mut bound = Self {
            alpha,
            min_sigma: params.min_sigma,
            least: params.least(),
            baseline: params.baseline,
            prior: params.prior.unwrap_or((0.5, 0.0)),
            students,
            table: Vec::new(),
        };
        let n = params.baseline as f64;
        bound.table = (0..TABLE).map(|sum| bound.law(n, sum as f64).quantile(1.0 - alpha)).collect();
        bound
    }

    /// Predictive law of tomorrow's count after `n` counts of a Poisson law with this sum (gamma prior, negative binomial).
    #[must_use]
    pub fn law(&self, n: f64, sum: f64) -> CountLaw {
        let (shape, rate) = self.prior;
        let size = sum + shape;
        CountLaw::NegativeBinomial { size, mean: size / (n + rate) }
    }

    /// Bound in counts for a baseline window (oldest first, NaN missing); NaN when fewer than the least number are present.
    #[must_use]
    pub fn of(&self, window: &[f64]) -> f64 {
        let found = moments(window);
        if (found.n as usize) < self.least { f64::NAN } else { self.limit(found) }
    }

    /// Bound from moments.
    fn limit(&self, found: Moments) -> f64 {
        let student = self.students.get(found.n as usize).copied().unwrap_or(f64::NAN);
        let wide = found.mean + student * self.spread(found);
        let cached = if found.n as usize == self.baseline { self.table.get(found.sum as usize).copied() } else { None };
        wide.max(cached.unwrap_or_else(|| self.law(found.n, found.sum).quantile(1.0 - self.alpha)))
    }

    /// Standard deviation of the prediction error.
    fn spread(&self, found: Moments) -> f64 {
        found.sd.max(self.min_sigma) * (1.0 + 1.0 / found.n).sqrt()
    }

    /// Full judgement of a day: bound, decision, expectation, score and mid-p value (the larger of the two laws').
    #[must_use]
    pub fn judge(&self, index: usize, today: f64, window: &[f64]) -> Judgement {
        let found = moments(window);
        if (found.n as usize) < self.least {
            return Judgement::undecided(index, today, Reason::MissingBaseline);
        }
        let upperbound = self.limit(found);
        let spread = self.spread(found);
        let mut point = Judgement { upperbound, expected: found.mean, ..Judgement::open(index, today) };
        if today.is_nan() {
            point.reason = Some(Reason::MissingToday);
            return point;
        }
        let counted = self.law(found.n, found.sum).mid_p(today);
        let spread_out =
            if spread > 0.0 { student_tail((today - found.mean) / spread, found.n - 1.0) } else { counted };
        point.alarm = Some(today > upperbound);
        point.score = (today - found.mean) / spread.max(self.law(found.n, found.sum).variance().sqrt());
        point.pvalue = counted.max(spread_out);
        point
    }
}
