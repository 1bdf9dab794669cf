//! Simulated pupils and marks from known items, for recovery studies, power planning and timings.

use super::model::Item;
use crate::exams::{Error, ScoreMatrix};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// `count` draws from N(`mean`, `sd`²) by the Box–Muller transform.
#[must_use]
pub fn normal_draws(count: usize, mean: f64, sd: f64, seed: u64) -> Vec<f64> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|_| {
            let (radius, angle): (f64, f64) = (generator.random(), generator.random());
            let size = (-2.0 * (1.0 - radius).ln()).sqrt();
            mean + sd * size * (2.0 * std::f64::consts::PI * angle).cos()
        })
        .collect()
}

/// Marks of pupils with the given θ on the given items, named I1, I2, …; the full mark is the highest category.
///
/// # Errors
/// As [`ScoreMatrix::new`].
pub fn simulate(items: &[Item], thetas: &[f64], seed: u64) -> Result<ScoreMatrix, Error> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut cells = Vec::with_capacity(items.len());
    for item in items {
        let mut logs = vec![0.0; item.categories];
        let mut column = Vec::with_capacity(thetas.len());
        for theta in thetas {
            item.log_probabilities(*theta, &mut logs);
            let mut left: f64 = generator.random();
            let category = logs.iter().position(|log| {
                left -= log.exp();
                left < 0.0
            });
            column.push(category.unwrap_or(item.categories - 1) as i32);
        }
        cells.push(column);
    }
    let names = (1..=items.len()).map(|index| format!("I{index}")).collect();
    let full: Vec<Option<f64>> = items.iter().map(|item| Some((item.categories - 1) as f64)).collect();
    ScoreMatrix::new(names, cells, 0, &full)
}
