//! Quantiles and tails of the normal, F and χ² distributions, polished where the library's root finding is coarse.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::gamma::gamma_ur;

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
