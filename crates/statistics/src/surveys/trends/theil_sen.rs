//! The Theil–Sen line: the median of all pairwise slopes.

use super::TrendError;
use crate::surveys::distributions::normal_quantile;
use crate::surveys::order::quantile7;
use serde::Serialize;

/// A slope that a few wild values cannot move. Source: Theil 1950; Sen 1968, JASA 63:1379.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TheilSen {
    /// Median of the slopes of all pairs with different times.
    pub slope: f64,
    /// Lower limit of the slope.
    pub slope_lo: f64,
    /// Upper limit of the slope.
    pub slope_hi: f64,
    /// median(y) − slope · median(t).
    pub intercept: f64,
    /// median(y − slope · t).
    pub intercept_joint: f64,
}

/// Fits pairs (time, value); the limits are Sen's, from the variance of Kendall's S corrected for ties in time and value.
///
/// # Errors
/// [`TrendError`]: fewer than two pairs, or all times alike.
pub fn theil_sen(pairs: &[(f64, f64)], level: f64) -> Result<TheilSen, TrendError> {
    if pairs.len() < 2 {
        return Err(TrendError::TooFew { found: pairs.len(), needed: 2 });
    }
    let mut slopes = Vec::new();
    for (position, (t1, y1)) in pairs.iter().enumerate() {
        for (t0, y0) in pairs.iter().take(position) {
            if t1 != t0 {
                slopes.push((y1 - y0) / (t1 - t0));
            }
        }
    }
    if slopes.is_empty() {
        return Err(TrendError::NoTime);
    }
    slopes.sort_by(f64::total_cmp);
    let slope = quantile7(&slopes, 0.5);
    let reach = -normal_quantile(0.5 * (1.0 - level)) * variance(pairs).sqrt();
    let count = slopes.len() as f64;
    let lower = ((count - reach) / 2.0).round_ties_even() - 1.0;
    let upper = ((count + reach) / 2.0).round_ties_even();
    let at = |index: f64| slopes.get(index.clamp(0.0, count - 1.0) as usize).copied().unwrap_or(f64::NAN);
    let times: Vec<f64> = pairs.iter().map(|(t, _)| *t).collect();
    let values: Vec<f64> = pairs.iter().map(|(_, y)| *y).collect();
    let residuals: Vec<f64> = pairs.iter().map(|(t, y)| y - slope * t).collect();
    Ok(TheilSen {
        slope,
        slope_lo: at(lower),
        slope_hi: at(upper),
        intercept: median(values) - slope * median(times),
        intercept_joint: median(residuals),
    })
}

fn variance(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let ties = |pick: fn(&(f64, f64)) -> f64| -> f64 {
        let mut sorted: Vec<f64> = pairs.iter().map(pick).collect();
        sorted.sort_by(f64::total_cmp);
        sorted.chunk_by(|a, b| a == b).map(|run| run.len() as f64).map(|k| k * (k - 1.0) * (2.0 * k + 5.0)).sum()
    };
    (n * (n - 1.0) * (2.0 * n + 5.0) - ties(|pair| pair.0) - ties(|pair| pair.1)).max(0.0) / 18.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile7(&values, 0.5)
}
