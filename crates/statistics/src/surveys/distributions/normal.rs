//! The standard normal law.

use libm::erfc;
use statrs::function::erf::erfc_inv;
use std::f64::consts::{PI, SQRT_2};

/// Lower tail Φ(z).
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// Upper tail 1 − Φ(z), without cancellation.
#[must_use]
pub fn normal_sf(z: f64) -> f64 {
    0.5 * erfc(z / SQRT_2)
}

/// Quantile Φ⁻¹(p); ±∞ at 0 and 1, NaN outside [0, 1].
///
/// One Halley step follows the rational approximation, so that the error is that of the distribution function.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let start = -SQRT_2 * erfc_inv(2.0 * p);
    let step = (normal_cdf(start) - p) * (2.0 * PI).sqrt() * (0.5 * start * start).exp();
    start - step / (1.0 + 0.5 * start * step)
}
