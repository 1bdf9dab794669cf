//! What is not known about the prior itself: a small weighted set of beta priors that replaces the single fitted one.

use super::beta_binomial::{LOG_SIZE, check, climb_mean, pooled_logit, surface};
use super::{Count, RateError, as_f64};

/// Points along ln M, and how many suffice where many units leave little doubt about the prior.
const SIZES: (i32, i32) = (31, 11);
/// Units that count as many.
const MANY: usize = 1000;
/// Nodes and weights of Gauss–Hermite quadrature (five points, weight function e^(−t²/2), weights normalised to 1).
const HERMITE: [(f64, f64); 5] = [
    (-2.856_970_013_872_806, 0.011_257_411_327_720_69),
    (-1.355_626_179_974_266, 0.222_075_922_005_612_6),
    (0.0, 0.533_333_333_333_333_3),
    (1.355_626_179_974_266, 0.222_075_922_005_612_6),
    (2.856_970_013_872_806, 0.011_257_411_327_720_69),
];

/// One prior and its posterior weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedPrior {
    /// First shape.
    pub a: f64,
    /// Second shape.
    pub b: f64,
    /// Weight; all weights add up to 1.
    pub weight: f64,
}

/// Posterior of (a, b) given all units, as a weighted set of points.
///
/// Priors: mu uniform on (0, 1); M with the uniform-shrinkage density n̄ / (n̄ + M)², n̄ the harmonic mean of the numbers of
/// answers, which makes the shrinkage of the typical unit uniform (Daniels 1999, Canadian J. Statistics 27:567). ln M is
/// integrated on a grid over the range that matters, logit mu by Gauss–Hermite around its conditional mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Hyperposterior {
    /// The points, weights descending from the grid's order; never empty.
    pub points: Vec<WeightedPrior>,
}

impl Hyperposterior {
    /// Works out the points; deterministic.
    ///
    /// # Errors
    /// As [`super::BetaBinomial::fit`].
    pub fn of(counts: &[Count]) -> Result<Self, RateError> {
        let sums = check(counts)?;
        let answered = || counts.iter().filter(|count| count.n > 0);
        let typical = as_f64(answered().count() as u64) / answered().map(|count| 1.0 / as_f64(count.n)).sum::<f64>();
        let log_prior = |eta: f64, lambda: f64| {
            let size = lambda.exp();
            eta - 2.0 * eta.exp().ln_1p() + typical.ln() - 2.0 * (typical + size).ln() + lambda
        };
        let start = pooled_logit(counts);
        let profile = |lambda: f64| {
            let eta = climb_mean(&sums, start, lambda);
            let here = surface(&sums, eta, lambda);
            let [bend, ..] = here.hessian;
            // The prior of mu is flat: its curvature in logit mu keeps the scale finite where the data say nothing.
            let scale = 1.0 / (0.25 - bend.min(0.0)).sqrt();
            (eta, scale, here.value + log_prior(eta, lambda) + scale.ln())
        };
        let (low, high) = range(&profile);
        let mut points = Vec::new();
        let sizes = if counts.len() < MANY { SIZES.0 } else { SIZES.1 };
        for step in 0..sizes {
            let lambda = low + (high - low) * f64::from(step) / f64::from(sizes - 1);
            let (mode, scale, _) = profile(lambda);
            for (node, weight) in HERMITE {
                let eta = mode + scale * node;
                let log_weight = surface(&sums, eta, lambda).value
                    + log_prior(eta, lambda)
                    + scale.ln()
                    + 0.5 * node * node
                    + weight.ln();
                let (mu, size) = (1.0 / (1.0 + (-eta).exp()), lambda.exp());
                points.push(WeightedPrior { a: mu * size, b: (1.0 - mu) * size, weight: log_weight });
            }
        }
        Ok(Self { points: normalised(points) })
    }
}

/// The range of ln M outside which the profile lies more than 9 below its top (weights under 10⁻⁴ of the largest).
fn range(profile: &impl Fn(f64) -> (f64, f64, f64)) -> (f64, f64) {
    let height = |lambda: f64| profile(lambda).2;
    let (mut low, mut high) = LOG_SIZE;
    for _ in 0..6 {
        let grid: Vec<(f64, f64)> = (0..=16)
            .map(|step| low + (high - low) * f64::from(step) / 16.0)
            .map(|lambda| (lambda, height(lambda)))
            .collect();
        let top = grid.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
        let matters = |(_, value): &&(f64, f64)| *value > top - 9.0;
        let step = (high - low) / 16.0;
        let first = grid.iter().find(matters).map_or(low, |(lambda, _)| lambda - step);
        let last = grid.iter().rfind(matters).map_or(high, |(lambda, _)| lambda + step);
        let narrower = (first.max(low), last.min(high));
        if narrower.1 - narrower.0 > 0.7 * (high - low) {
            return narrower;
        }
        (low, high) = narrower;
    }
    (low, high)
}

fn normalised(points: Vec<WeightedPrior>) -> Vec<WeightedPrior> {
    let top = points.iter().map(|point| point.weight).fold(f64::NEG_INFINITY, f64::max);
    let kept: Vec<WeightedPrior> = points
        .into_iter()
        .map(|point| WeightedPrior { weight: (point.weight - top).exp(), ..point })
        .filter(|point| point.weight > 1e-5)
        .collect();
    let total: f64 = kept.iter().map(|point| point.weight).sum();
    kept.into_iter().map(|point| WeightedPrior { weight: point.weight / total, ..point }).collect()
}
