//! Random numbers for the simulations: one stream per line and replication.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yanpan_statistics::surveys::distributions::{BetaLaw, normal_quantile};

/// A generator that depends on its line and replication only.
pub fn stream(line: u64, replication: usize) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(line);
    random.set_stream(replication as u64);
    random
}

/// A standard normal number.
pub fn normal(random: &mut ChaCha8Rng) -> f64 {
    normal_quantile(random.random::<f64>().clamp(1e-15, 1.0 - 1e-15))
}

/// A Beta(a, b) number.
pub fn beta(random: &mut ChaCha8Rng, a: f64, b: f64) -> f64 {
    BetaLaw::new(a, b).map_or(0.5, |law| law.quantile(random.random()))
}

/// A binomial count.
pub fn binomial(random: &mut ChaCha8Rng, n: u64, p: f64) -> u64 {
    (0..n).filter(|_| random.random::<f64>() < p).count() as u64
}
