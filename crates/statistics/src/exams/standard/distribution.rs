//! Quantiles and tails of the normal, F and χ² distributions, polished where the library's root finding is coarse.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::gamma::{gamma_ur, ln_gamma};

/// Φ⁻¹(p); ±∞ at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    Normal::standard().inverse_cdf(p)
}

/// P(χ² > x) with `degrees` degrees of freedom; `None` without degrees of freedom.
#[must_use]
pub fn chi_square_upper(x: f64, degrees: f64) -> Option<f64> {
    if degrees <= 0.0 || !x.is_finite() {
        return None;
    }
    Some(if x <= 0.0 { 1.0 } else { gamma_ur(degrees / 2.0, x / 2.0) })
}

/// Quantile of F(first, second) at `p` in (0, 1), to about 1e-13 relative; `None` outside the domain.
///
/// The beta variable u = d₁F / (d₁F + d₂) is solved by Newton steps kept inside a bracket.
#[must_use]
pub fn f_quantile(p: f64, first: f64, second: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0 && first > 0.0 && second > 0.0) {
        return None;
    }
    let (a, b) = (first / 2.0, second / 2.0);
    let log_beta = ln_beta(a, b);
    let (mut low, mut high) = (0.0, 1.0);
    let mut u = a / (a + b);
    for _ in 0..200 {
        let error = beta_reg(a, b, u) - p;
        if error > 0.0 {
            high = u
        } else {
            low = u
        }
        let density = ((a - 1.0) * u.ln() + (b - 1.0) * (-u).ln_1p() - log_beta).exp();
        let newton = u - error / density;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if (next - u).abs() <= 1e-16 * u {
            u = next;
            break;
        }
        u = next;
    }
    Some(second * u / (first * (1.0 - u)))
}

/// P(χ²(`degrees`, λ) ≤ x) by the Poisson mixture of central tails.
fn noncentral_chi_square(x: f64, degrees: f64, lambda: f64) -> f64 {
    let half = lambda / 2.0;
    let middle = half.floor();
    let term = |count: f64| {
        let log = -half + if count > 0.0 { count * half.ln() } else { 0.0 } - ln_gamma(count + 1.0);
        log.exp() * (1.0 - gamma_ur(degrees / 2.0 + count, x / 2.0))
    };
    let mut sum = 0.0;
    let mut count = middle;
    while count >= 0.0 {
        let value = term(count);
        sum += value;
        // Below the middle the weights fall; the central tail stays under one.
        if (middle - count) > 10.0 * (half + 10.0).sqrt() {
            break;
        }
        count -= 1.0;
    }
    for step in 1..=(20.0 * (half + 10.0).sqrt()) as u32 {
        sum += term(middle + f64::from(step));
    }
    sum
}

/// The λ ≥ 0 at which χ²(`degrees`, λ) lies under `x` with probability `p`; 0 when the central one already does so less often.
#[must_use]
pub fn noncentrality(x: f64, degrees: f64, p: f64) -> f64 {
    let beyond = |lambda: f64| noncentral_chi_square(x, degrees, lambda) < p;
    if x <= 0.0 || !x.is_finite() || beyond(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, x + degrees + 10.0);
    for _ in 0..60 {
        if beyond(high) {
            break;
        }
        high *= 2.0;
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if beyond(middle) { high = middle } else { low = middle }
    }
    f64::midpoint(low, high)
}
