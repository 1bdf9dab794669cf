//! Coefficients of reliability and the interval of α.

use crate::exams::standard::f_quantile;

/// Feldt's interval of α at `level` (for example 0.95): 1 − (1 − α) F over F(n − 1, (n − 1)(k − 1)) (Feldt 1965).
#[must_use]
pub fn feldt_interval(alpha: f64, pupils: usize, items: usize, level: f64) -> Option<(f64, f64)> {
    let degrees = pupils.checked_sub(1).filter(|degrees| *degrees > 0)? as f64;
    let second = degrees * items.checked_sub(1).filter(|others| *others > 0)? as f64;
    let tail = (1.0 - level) / 2.0;
    let upper = f_quantile(1.0 - tail, degrees, second)?;
    let lower = f_quantile(tail, degrees, second)?;
    Some((1.0 - (1.0 - alpha) * upper, 1.0 - (1.0 - alpha) * lower))
}

/// Guttman's λ₂ from the covariance matrix (Guttman 1945): (Σ off-diagonal + √(k/(k−1) Σ off-diagonal²)) / total variance.
#[must_use]
pub fn guttman_lambda2(covariance: &[Vec<f64>]) -> f64 {
    let items = covariance.len() as f64;
    let off_diagonal = || {
        let rows = covariance.iter().enumerate();
        rows.flat_map(|(a, row)| row.iter().enumerate().filter(move |(b, _)| a != *b).map(|(_, value)| *value))
    };
    let sum: f64 = off_diagonal().sum();
    let squares: f64 = off_diagonal().map(|value| value * value).sum();
    let total: f64 = covariance.iter().flatten().sum();
    (sum + (items / (items - 1.0) * squares).sqrt()) / total
}

/// Spearman–Brown prophecy for doubling the length: 2r / (1 + r).
#[must_use]
pub fn spearman_brown(correlation: f64) -> f64 {
    2.0 * correlation / (1.0 + correlation)
}
