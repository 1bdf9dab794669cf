//! The least-squares line, for comparison.

use super::TrendError;
use crate::surveys::distributions::{student_p_two_sided, student_quantile};
use serde::Serialize;

/// A straight line by least squares with Student intervals; errors are taken as independent and alike.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LeastSquares {
    /// Slope.
    pub slope: f64,
    /// Value at time 0.
    pub intercept: f64,
    /// Standard error of the slope; `None` for two points.
    pub se: Option<f64>,
    /// Lower limit of the slope.
    pub slope_lo: Option<f64>,
    /// Upper limit of the slope.
    pub slope_hi: Option<f64>,
    /// Two-sided p-value of the slope.
    pub p: Option<f64>,
    /// Correlation of neighbouring residuals: above a half, p-values are too small.
    pub residual_lag1: Option<f64>,
}

/// Fits pairs (time, value).
///
/// # Errors
/// [`TrendError`]: fewer than two pairs, or all times alike.
pub fn least_squares(pairs: &[(f64, f64)], level: f64) -> Result<LeastSquares, TrendError> {
    let n = pairs.len() as f64;
    if pairs.len() < 2 {
        return Err(TrendError::TooFew { found: pairs.len(), needed: 2 });
    }
    let mean_t = pairs.iter().map(|(t, _)| t).sum::<f64>() / n;
    let mean_y = pairs.iter().map(|(_, y)| y).sum::<f64>() / n;
    let spread: f64 = pairs.iter().map(|(t, _)| (t - mean_t).powi(2)).sum();
    if spread == 0.0 {
        return Err(TrendError::NoTime);
    }
    let slope = pairs.iter().map(|(t, y)| (t - mean_t) * (y - mean_y)).sum::<f64>() / spread;
    let residuals: Vec<f64> = pairs.iter().map(|(t, y)| y - mean_y - slope * (t - mean_t)).collect();
    let squares: f64 = residuals.iter().map(|residual| residual * residual).sum();
    let df = n - 2.0;
    let se = (df > 0.0).then(|| (squares / df / spread).sqrt());
    let reach = se.map(|se| se * student_quantile(0.5 + 0.5 * level, df));
    let neighbours: f64 = residuals.iter().zip(residuals.iter().skip(1)).map(|(a, b)| a * b).sum();
    Ok(LeastSquares {
        slope,
        intercept: mean_y - slope * mean_t,
        se,
        slope_lo: reach.map(|reach| slope - reach),
        slope_hi: reach.map(|reach| slope + reach),
        p: se.map(|se| if se > 0.0 { student_p_two_sided(slope / se, df) } else { f64::from(u8::from(slope == 0.0)) }),
        residual_lag1: (squares > 0.0).then(|| neighbours / squares),
    })
}
