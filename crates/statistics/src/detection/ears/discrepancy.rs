//! C3 in the default mode: the sum of three days' excesses, today's included, against its own law.

use super::bound::{Known, Table};
use super::{Bound, Judgement, Params, Reason};
use crate::detection::learned::Learned;
use crate::detection::residual::{count_reaching, excess_over_one, residual};
use crate::distributions::{CountLaw, normal_tail};

/// Steps of the tabulated law of the three-day sum, and their width.
const STEPS: usize = 512;
/// Width of a step.
const WIDTH: f64 = 1.0 / 32.0;

/// Nodes and weights of five-point Gauss–Hermite quadrature for the standard normal law.
const NODES: [(f64, f64); 5] = [
    (-2.856_970_013_872_806, 0.011_257_411_327_720_7),
    (-1.355_626_179_974_265_7, 0.222_075_922_005_612_6),
    (0.0, 0.533_333_333_333_333_3),
    (1.355_626_179_974_265_7, 0.222_075_922_005_612_6),
    (2.856_970_013_872_806, 0.011_257_411_327_720_7),
];

/// C3 = Σ max(0, C2(i) − 1) over i = t−2, t−1, t, where C2 is the mid-quantile residual of the day. The limit solves P(C3 > c) = α
/// for three normal values that share the error of the baseline's mean (correlation 1/(B+1)).
#[derive(Debug, Clone)]
pub struct Discrepancy {
    bound: Bound,
    /// The first count with an excess.
    first: Table,
    /// P(sum > j · WIDTH).
    tail: Vec<f64>,
    /// The limit c.
    limit: f64,
}

impl Discrepancy {
    /// Prepares the law of the sum for these parameters.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let tail = three_day_tail(1.0 / (params.baseline as f64 + 1.0));
        let alpha = params.level();
        let after = tail.iter().position(|p| *p <= alpha).unwrap_or(STEPS);
        let (high, low) = (tail.get(after).copied(), tail.get(after.wrapping_sub(1)).copied());
        let limit = match (low, high) {
            (Some(low), Some(high)) if low > high => WIDTH * ((after - 1) as f64 + (low - alpha) / (low - high)),
            _ => WIDTH * after as f64,
        };
        Self { bound: Bound::new(params), first: Table::new(), tail, limit }
    }

    /// The limit c of the sum.
    #[must_use]
    pub fn limit(&self) -> f64 {
        self.limit
    }

    /// The statistic of a day, without bound and p-value: the whole of a streaming step. An alarm is a statistic above the limit;
    /// NaN where the day or its baseline is missing.
    pub fn step(&self, today: f64, window: &[f64], (before, learned): (&mut [f64; 2], &mut Learned)) -> f64 {
        let [first, last] = *before;
        *before = [last, 0.0];
        let Some(known) = self.bound.know(window, learned).filter(|_| !today.is_nan()) else { return f64::NAN };
        let excess = self.excess(&known, today);
        *before = [last, excess];
        self.bound.learn(today, &known, learned);
        first + last + excess
    }

    /// max(0, residual − 1) of a day. Most days have none: the first count that has one is kept in a table.
    fn excess(&self, known: &Known, today: f64) -> f64 {
        let (sum, level) = known.place();
        let law = || self.bound.law(known);
        let first =
            if self.bound.complete(known) { self.first.small(level, sum, || first_excess(&law())) } else { None };
        match first {
            Some(first) if today < first => 0.0,
            Some(_) => (residual(&law(), today) - 1.0).max(0.0),
            None => excess_over_one(&law(), today),
        }
    }

    /// Full judgement of a day from its baseline and the excesses of the two days before, oldest first; both move on by a day. A
    /// missing day has no excess, so that a gap does not silence its neighbours.
    #[must_use]
    pub fn judge(
        &self,
        index: usize,
        today: f64,
        window: &[f64],
        (before, learned): (&mut [f64; 2], &mut Learned),
    ) -> Judgement {
        let carried: f64 = before.iter().sum();
        let known = self.bound.know(window, learned);
        let score = self.step(today, window, (before, learned));
        let Some(known) = known else {
            return Judgement::undecided(index, today, Reason::MissingBaseline);
        };
        let law = self.bound.law(&known);
        let upperbound =
            if carried > self.limit { 0.0 } else { count_reaching(&law, 1.0 + self.limit - carried) - 1.0 };
        let point = Judgement { upperbound, expected: known.mean(), ..Judgement::open(index, today) };
        if today.is_nan() {
            return Judgement { reason: Some(Reason::MissingToday), ..point };
        }
        Judgement { alarm: Some(score > self.limit), score, pvalue: self.tail_of(score), ..point }
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
            _ => 3.0 * normal_tail(sum + 1.0),
        }
    }
}

/// The first count whose excess is above zero.
fn first_excess(law: &CountLaw) -> f64 {
    let mut count = count_reaching(law, 1.0);
    while count > 0.0 && excess_over_one(law, count - 1.0) > 0.0 {
        count -= 1.0;
    }
    while excess_over_one(law, count) == 0.0 && count < 1e6 {
        count += 1.0;
    }
    count
}

/// P(X₁+X₂+X₃ > j·WIDTH) for X = max(0, Z − 1) with equally correlated standard normal Z: the shared part is integrated over.
fn three_day_tail(correlation: f64) -> Vec<f64> {
    let mut tail = vec![0.0; STEPS];
    for (node, weight) in NODES {
        let shared = correlation.sqrt() * node;
        let own = (1.0 - correlation).sqrt();
        for (slot, part) in tail.iter_mut().zip(independent_tail(|x| normal_tail((1.0 + x - shared) / own))) {
            *slot += weight * part;
        }
    }
    tail
}

/// The same for independent excesses with this tail, by discrete convolution at mid-steps.
fn independent_tail(tail_of: impl Fn(f64) -> f64) -> Vec<f64> {
    let edge = |step: usize| tail_of(step as f64 * WIDTH);
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
    let mut tail = vec![0.0; STEPS];
    let mut running = 3.0 * edge(STEPS);
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
