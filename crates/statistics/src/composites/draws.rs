//! Weights drawn uniformly from the simplex: every set of weights equally likely.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// `count` weight vectors of length `indicators`, each adding up to 1, uniform on the simplex (normalised exponentials).
///
/// Every draw has its own stream of the generator, so the result depends on `seed` alone, not on the number of threads.
#[must_use]
pub fn simplex_draws(count: usize, indicators: usize, seed: u64) -> Vec<Vec<f64>> {
    (0..count as u64)
        .into_par_iter()
        .map(|draw| {
            let mut generator = ChaCha8Rng::seed_from_u64(seed);
            generator.set_stream(draw);
            let exponentials: Vec<f64> = (0..indicators).map(|_| -(1.0 - generator.random::<f64>()).ln()).collect();
            let total: f64 = exponentials.iter().sum();
            exponentials.into_iter().map(|value| value / total).collect()
        })
        .collect()
}
