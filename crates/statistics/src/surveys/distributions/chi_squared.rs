//! The central and the noncentral χ² law.

use libm::lgamma;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

/// P(X ≤ x) with `df` degrees of freedom; NaN when `df` is not positive.
#[must_use]
pub fn chi_squared_cdf(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { checked_gamma_lr(0.5 * df, 0.5 * x).unwrap_or(f64::NAN) }
}

/// P(X > x) with `df` degrees of freedom; NaN when `df` is not positive.
#[must_use]
pub fn chi_squared_sf(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { checked_gamma_ur(0.5 * df, 0.5 * x).unwrap_or(f64::NAN) }
}

/// The value that is exceeded with probability 1 − `p`, by bisection on the distribution function.
#[must_use]
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    let mut high = df.max(1.0);
    while chi_squared_sf(high, df) > 1.0 - p && high < 1e12 {
        high *= 2.0;
    }
    bisect(0.0, high, |x| chi_squared_sf(x, df) <= 1.0 - p)
}

/// P(X ≤ x) of a noncentral χ² with `df` degrees of freedom and noncentrality `ncp`.
///
/// Poisson mixture of central laws over ten standard deviations, from the top down: weights and gamma terms follow by
/// recurrence, and every term is positive, so that nothing cancels.
#[must_use]
pub fn noncentral_chi_squared_cdf(x: f64, df: f64, ncp: f64) -> f64 {
    if ncp <= 0.0 || x <= 0.0 {
        return chi_squared_cdf(x, df);
    }
    let (mean, half) = (0.5 * ncp, 0.5 * x);
    let spread = 10.0 * mean.sqrt() + 40.0;
    let (mut k, least) = ((mean + spread).ceil(), (mean - spread).max(0.0));
    let mut shape = 0.5f64.mul_add(df, k);
    let weight_at = |k: f64| (k * mean.ln() - mean - lgamma(k + 1.0)).exp();
    // What P(a − 1, x/2) has more than P(a, x/2).
    let term_at = |a: f64| ((a - 1.0) * half.ln() - half - lgamma(a)).exp();
    let mut weight = weight_at(k);
    let mut cdf = checked_gamma_lr(shape, half).unwrap_or(f64::NAN);
    let mut term = term_at(shape);
    let mut total = 0.0;
    while k >= least {
        total += weight * cdf;
        cdf += term;
        shape -= 1.0;
        // A term that has sunk to nought cannot be raised again by multiplying.
        term = if term > 1e-280 { term * shape / half } else { term_at(shape) };
        weight = if weight > 1e-280 { weight * k / mean } else { weight_at(k - 1.0) };
        k -= 1.0;
    }
    total.min(1.0)
}

/// Smallest x of [low, high] at which a monotone condition holds, to the last bit that halving reaches.
pub(super) fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}
