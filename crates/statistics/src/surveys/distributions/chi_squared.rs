//! The central and the noncentral χ² law.

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
/// Poisson mixture of central laws, summed outward from the largest weight until the terms vanish.
#[must_use]
pub fn noncentral_chi_squared_cdf(x: f64, df: f64, ncp: f64) -> f64 {
    if ncp <= 0.0 {
        return chi_squared_cdf(x, df);
    }
    let mean = 0.5 * ncp;
    let centre = mean.floor();
    let weight = |k: f64| (k * mean.ln() - mean - libm::lgamma(k + 1.0)).exp();
    let term = |k: f64| weight(k) * chi_squared_cdf(x, 2.0f64.mul_add(k, df));
    let mut total = 0.0;
    let mut k = centre;
    while k >= 0.0 && weight(k) > 1e-18 {
        total += term(k);
        k -= 1.0;
    }
    k = centre + 1.0;
    while weight(k) > 1e-18 {
        total += term(k);
        k += 1.0;
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
