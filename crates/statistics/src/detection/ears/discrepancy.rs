//! C3 in the default mode: the sum of three days' excesses, today's included, against its own law.

use super::{Judgement, Params, Reason, moments};
use crate::distributions::student_tail;

/// Steps of the tabulated law of the three-day sum, and their width.
const STEPS: usize = 1024;
/// Width of a step.
const WIDTH: f64 = 1.0 / 16.0;

/// Counts are whole: half a case is taken off before a count is compared with a continuous law.
const CONTINUITY: f64 = 0.5;

/// C3 = Σ max(0, C2(i) − 1) over i = t−2, t−1, t, where C2 divides by the standard error of prediction with a spread not
/// below the Poisson one. The limit solves P(C3 > c) = α for three independent Student t values.
#[derive(Debug, Clone)]
pub struct Discrepancy {
    min_sigma: f64,
    least: usize,
    /// P(sum > j · WIDTH).
    tail: Vec<f64>,
    /// Degrees of freedom.
    df: f64,
    /// The limit c.
    limit: f64,
}

impl Discrepancy {
    /// Prepares the law of the sum for these parameters.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let df = params.baseline as f64 - 1.0;
        let tail = three_day_tail(df);
        let alpha = params.level();
        let after = tail.iter().position(|p| *p <= alpha).unwrap_or(STEPS);
        let (high, low) = (tail.get(after).copied(), tail.get(after.wrapping_sub(1)).copied());
        let limit = match (low, high) {
            (Some(low), Some(high)) if low > high => WIDTH * ((after - 1) as f64 + (low - alpha) / (low - high)),
            _ => WIDTH * after as f64,
        };
        Self { min_sigma: params.min_sigma, least: params.least(), tail, df, limit }
    }

    /// The limit c of the sum.
    #[must_use]
    pub fn limit(&self) -> f64 {
        self.limit
    }

    /// max(0, C2 − 1) of a day with this baseline; 0 when either is missing, so that a gap does not silence its neighbours.
    #[must_use]
    pub fn excess(&self, count: f64, window: &[f64]) -> f64 {
        match self.centre(window) {
            Some((mean, spread)) if !count.is_nan() => ((count - CONTINUITY - mean) / spread - 1.0).max(0.0),
            _ => 0.0,
        }
    }

    /// Mean and standard error of prediction of a baseline; `None` with too few values.
    fn centre(&self, window: &[f64]) -> Option<(f64, f64)> {
        let found = moments(window);
        let poisson = ((found.sum + 0.5) / found.n).sqrt();
        let spread = found.sd.max(poisson).max(self.min_sigma) * (1.0 + 1.0 / found.n).sqrt();
        (found.n as usize >= self.least).then_some((found.mean, spread))
    }

    /// Full judgement of a day from its baseline and the excesses of the two days before.
    #[must_use]
    pub fn judge(&self, index: usize, today: f64, window: &[f64], before: [f64; 2]) -> Judgement {
        let Some((mean, spread)) = self.centre(window) else {
            return Judgement::undecided(index, today, Reason::MissingBaseline);
        };
        let carried: f64 = before.iter().sum();
        let upperbound =
            if carried > self.limit { 0.0 } else { mean + CONTINUITY + spread * (1.0 + self.limit - carried) };
        let mut point = Judgement { upperbound, expected: mean, ..Judgement::open(index, today) };
        if today.is_nan() {
            point.reason = Some(Reason::MissingToday);
            return point;
        }
        let score = carried + self.excess(today, window);
        point.alarm = Some(score > self.limit);
        point.score = score;
        point.pvalue = self.tail_of(score);
        point
    }

    /// P(sum ≥ s), the atom at zero halved.
    fn tail_of(&self, sum: f64) -> f64 {
        if sum <= 0.0 {
            return 0.5 * (1.0 + self.tail.first().copied().unwrap_or(0.0));
        }
        let place = sum / WIDTH;
        let (step, part) = (place.floor(), place.fract());
        match (self.tail.get(step as usize), self.tail.get(step as usize + 1)) {
            (Some(low), Some(high)) => low + (high - low) * part,
            _ => 3.0 * student_tail(sum + 1.0, self.df),
        }
    }
}

/// P(X₁+X₂+X₃ > j·WIDTH) for independent X = max(0, T − 1), T of Student's t, by discrete convolution at mid-steps.
fn three_day_tail(df: f64) -> Vec<f64> {
    let edge = |step: usize| student_tail(1.0 + step as f64 * WIDTH, df);
    let atom = 1.0 - edge(0);
    let mass: Vec<f64> = (0..STEPS).map(|step| edge(step) - edge(step + 1)).collect();
    let twice = convolve(&mass, &mass);
    let thrice = convolve(&twice, &mass);
    let (w1, w2) = (3.0 * atom * atom, 3.0 * atom);
    // two summands sit at mid-step + mid-step: half a step later than one; three a whole step later
    let law: Vec<f64> = (0..STEPS)
        .map(|step| {
            let shifted = |values: &[f64]| step.checked_sub(1).and_then(|s| values.get(s)).copied().unwrap_or(0.0);
            let here = |values: &[f64]| values.get(step).copied().unwrap_or(0.0);
            w1 * here(&mass) + w2 * 0.5 * (here(&twice) + shifted(&twice)) + shifted(&thrice)
        })
        .collect();
    let beyond = 3.0 * edge(STEPS);
    let mut tail = vec![0.0; STEPS];
    let mut running = beyond;
    for (slot, weight) in tail.iter_mut().zip(&law).rev() {
        running += weight;
        *slot = running;
    }
    tail
}

/// Discrete convolution cut at the length of the first operand.
fn convolve(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; a.len()];
    for (shift, weight) in b.iter().enumerate() {
        for (slot, value) in out.iter_mut().skip(shift).zip(a) {
            *slot += weight * value;
        }
    }
    out
}
