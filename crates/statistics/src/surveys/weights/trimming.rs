//! Weights cut at bounds, the excess spread over the others.

use super::WeightError;
use super::raking::check_weights;

/// Passes after which what is left outside is rounding.
const PASSES: usize = 100_000;

/// Cuts weights to [`low`, `high`] and spreads the excess equally over those that were inside, again and again until all are
/// inside; the sum is kept.
///
/// # Errors
/// [`WeightError::Bounds`] when no such weights exist, [`WeightError::Weight`] for a weight that is not positive.
pub fn trim(weights: &[f64], low: f64, high: f64) -> Result<Vec<f64>, WeightError> {
    check_weights(weights)?;
    let count = weights.len() as f64;
    let total: f64 = weights.iter().sum();
    let slack = 1e-9 * total;
    if low.is_nan() || high.is_nan() || low > high || total < low * count - slack || total > high * count + slack {
        return Err(WeightError::Bounds { low, high });
    }
    let mut trimmed = weights.to_vec();
    for _ in 0..PASSES {
        let mut excess = 0.0;
        let mut inside = 0.0;
        for weight in &trimmed {
            let cut = weight.clamp(low, high);
            excess += weight - cut;
            inside += f64::from(u8::from(cut.to_bits() == weight.to_bits()));
        }
        let outside = trimmed.iter().map(|weight| (weight - weight.clamp(low, high)).abs()).fold(0.0, f64::max);
        if outside <= 1e-13 * high {
            return Ok(trimmed.into_iter().map(|weight| weight.clamp(low, high)).collect());
        }
        if inside == 0.0 {
            break;
        }
        let share = excess / inside;
        for weight in &mut trimmed {
            let cut = weight.clamp(low, high);
            *weight = if cut.to_bits() == weight.to_bits() { cut + share } else { cut };
        }
    }
    Err(WeightError::Bounds { low, high })
}
