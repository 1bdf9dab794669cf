//! The Mann–Kendall test of a monotone trend.

use super::TrendError;
use crate::surveys::distributions::normal_sf;
use serde::Serialize;

/// Periods up to which the exact law of S is used when no values are tied.
const EXACT: usize = 50;

/// A trend test. Source: Mann 1945, Econometrica 13:245; Kendall 1975.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MannKendall {
    /// Periods.
    pub n: usize,
    /// Rises minus falls over all pairs.
    #[serde(rename = "S")]
    pub s: f64,
    /// Variance of S without trend, corrected for ties.
    #[serde(rename = "varS")]
    pub variance: f64,
    /// Kendall's τ-b with time.
    pub tau: f64,
    /// (S ∓ 1) / √var S; 0 when S = 0.
    pub z: f64,
    /// Two-sided p-value of z.
    pub p: f64,
    /// Exact two-sided p-value; only up to 50 periods without ties.
    pub p_exact: Option<f64>,
}

/// Tests `values` in the order of time.
///
/// # Errors
/// [`TrendError::TooFew`] under three values.
pub fn mann_kendall(values: &[f64]) -> Result<MannKendall, TrendError> {
    let n = values.len();
    if n < 3 {
        return Err(TrendError::TooFew { found: n, needed: 3 });
    }
    let mut s = 0.0;
    for (position, later) in values.iter().enumerate() {
        for earlier in values.iter().take(position) {
            s += f64::from(i8::from(later > earlier) - i8::from(later < earlier));
        }
    }
    let count = n as f64;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let runs: Vec<f64> = sorted.chunk_by(|a, b| a == b).map(|run| run.len() as f64).collect();
    let spread = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let variance = (spread(count) - runs.iter().map(|run| spread(*run)).sum::<f64>()) / 18.0;
    let all = count * (count - 1.0) / 2.0;
    let tied: f64 = runs.iter().map(|run| run * (run - 1.0) / 2.0).sum();
    let z = if s == 0.0 || variance == 0.0 { 0.0 } else { (s - s.signum()) / variance.sqrt() };
    Ok(MannKendall {
        n,
        s,
        variance,
        tau: if tied < all { s / (all * (all - tied)).sqrt() } else { 0.0 },
        z,
        p: (2.0 * normal_sf(z.abs())).min(1.0),
        p_exact: (runs.len() == n && n <= EXACT).then(|| exact(n, s)),
    })
}

/// Twice the probability of |S| or more: permutations counted by their inversions, one element at a time.
fn exact(n: usize, s: f64) -> f64 {
    let mut law = vec![1.0];
    for size in 2..=n {
        let mut next = vec![0.0; law.len() + size - 1];
        for shift in 0..size {
            for (slot, value) in next.iter_mut().skip(shift).zip(&law) {
                *slot += value / size as f64;
            }
        }
        law = next;
    }
    let all = (n * (n - 1) / 2) as f64;
    // S = pairs − 2 · inversions, and its law is symmetric.
    let least = (all - s.abs()) / 2.0;
    let tail: f64 = law.iter().zip(0..).filter(|(_, inversions)| f64::from(*inversions) <= least).map(|(p, _)| p).sum();
    (2.0 * tail).min(1.0)
}
