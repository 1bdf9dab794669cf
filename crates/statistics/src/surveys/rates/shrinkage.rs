//! Empirical Bayes rates: each unit pulled towards the mean as far as its number of answers asks.

use super::hyperposterior::{Hyperposterior, WeightedPrior};
use super::{BetaBinomial, Count, Interval, as_f64};
use crate::surveys::distributions::BetaLaw;
use rayon::prelude::*;

/// What empirical Bayes says about one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// Posterior mean (a + x) / (a + b + n) under the fitted prior.
    pub mean: f64,
    /// Equal-tailed posterior interval under the fitted prior: too narrow when units are few.
    pub plug_in: Interval,
    /// Posterior mean over the uncertainty of the prior.
    pub corrected_mean: f64,
    /// Interval of the beta law with the mean and variance of that posterior (Kass & Steffey 1989).
    pub corrected: Interval,
    /// Share of the prior in the mean, (a + b) / (a + b + n).
    pub weight_of_prior: f64,
    /// Posterior probability that the unit's rate exceeds the overall rate, under the fitted prior.
    pub above_overall: f64,
}

/// Shrinks every unit; `tail` is the probability left out on each side, 0.025 for 95 %.
///
/// Output: one value per count, in order, the same whatever the number of threads.
#[must_use]
pub fn shrink(counts: &[Count], prior: &BetaBinomial, uncertain: &Hyperposterior, tail: f64) -> Vec<Shrunk> {
    let favourable: u64 = counts.iter().map(|count| count.x).sum();
    let answers: u64 = counts.iter().map(|count| count.n).sum();
    let overall = as_f64(favourable) / as_f64(answers);
    counts
        .par_iter()
        .with_min_len(64)
        .map(|count| {
            let (x, n) = (as_f64(count.x), as_f64(count.n));
            let law = BetaLaw::new(prior.a + x, prior.b + n - x);
            let (corrected_mean, corrected) = mixture(&uncertain.points, x, n);
            Shrunk {
                mean: (prior.a + x) / (prior.size + n),
                plug_in: quantiles(law, tail),
                corrected_mean,
                corrected: quantiles(corrected, tail),
                weight_of_prior: prior.size / (prior.size + n),
                above_overall: law.map_or(f64::NAN, |law| law.sf(overall)),
            }
        })
        .collect()
}

fn quantiles(law: Option<BetaLaw>, tail: f64) -> Interval {
    law.map_or(Interval { low: 0.0, high: 1.0 }, |law| Interval {
        low: law.quantile(tail),
        high: law.quantile(1.0 - tail),
    })
}

/// Mean of the mixture of posteriors, and the beta law with its first two moments.
fn mixture(points: &[WeightedPrior], x: f64, n: f64) -> (f64, Option<BetaLaw>) {
    let (mut mean, mut square) = (0.0, 0.0);
    for point in points {
        let (a, size) = (point.a + x, point.a + point.b + n);
        let first = a / size;
        mean += point.weight * first;
        square += point.weight * first * (a + 1.0) / (size + 1.0);
    }
    let variance = square - mean * mean;
    let size = mean * (1.0 - mean) / variance - 1.0;
    (mean, BetaLaw::new(mean * size, (1.0 - mean) * size))
}
