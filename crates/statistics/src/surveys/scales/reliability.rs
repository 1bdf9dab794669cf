//! Internal consistency: Cronbach's α with Feldt's interval, Guttman's λ2, and what each item adds.

use super::covariance::Covariance;
use crate::surveys::distributions::f_quantile;
use nalgebra::DMatrix;
use serde::Serialize;

/// Reliability of the sum of the items.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reliability {
    /// Rows behind the interval.
    pub n: usize,
    /// Items.
    pub k: usize,
    /// Cronbach's α = k/(k − 1) · (1 − Σ variances / variance of the sum) (Cronbach 1951).
    pub alpha: f64,
    /// Lower limit (Feldt 1965, Psychometrika 30:357).
    pub alpha_lo: f64,
    /// Upper limit.
    pub alpha_hi: f64,
    /// α of the standardised items.
    pub alpha_standardised: f64,
    /// Guttman's λ2, never below α (Guttman 1945).
    pub lambda2: f64,
    /// λ2 of the standardised items.
    pub lambda2_standardised: f64,
    /// Mean correlation of two items.
    pub mean_r: f64,
    /// Standard error of measurement of the sum.
    pub sem: f64,
    /// Standard deviation of the sum.
    pub sd_total: f64,
}

/// One item within its scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemFit {
    /// Answers.
    pub n: f64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation (n − 1).
    pub sd: f64,
    /// Correlation with the sum.
    pub r_total: f64,
    /// Correlation with the sum of the other items: negative means wrongly keyed.
    pub r_rest: f64,
    /// α of the other items; `None` for a scale of two.
    pub alpha_if_deleted: Option<f64>,
}

/// Reliability and item fit from covariances; `rows` is the number of people for Feldt's interval.
#[must_use]
pub fn reliability(covariance: &Covariance, rows: usize, level: f64) -> (Reliability, Vec<ItemFit>) {
    let matrix = &covariance.matrix;
    let (total, trace) = (matrix.sum(), matrix.trace());
    let k = matrix.nrows() as f64;
    let alpha = alpha_of(total, trace, k);
    let correlations = correlations(matrix);
    let mean_r = (correlations.sum() - k) / (k * (k - 1.0));
    let (d1, d2) = (rows as f64 - 1.0, (rows as f64 - 1.0) * (k - 1.0));
    let tail = 0.5 * (1.0 - level);
    let whole = Reliability {
        n: rows,
        k: matrix.nrows(),
        alpha,
        alpha_lo: 1.0 - (1.0 - alpha) * f_quantile(1.0 - tail, d1, d2),
        alpha_hi: 1.0 - (1.0 - alpha) * f_quantile(tail, d1, d2),
        alpha_standardised: k * mean_r / (1.0 + (k - 1.0) * mean_r),
        lambda2: lambda2_of(matrix),
        lambda2_standardised: lambda2_of(&correlations),
        mean_r,
        sem: total.max(0.0).sqrt() * (1.0 - alpha).max(0.0).sqrt(),
        sd_total: total.max(0.0).sqrt(),
    };
    let sums = matrix.column_sum();
    let diagonal = matrix.diagonal();
    let items = sums.iter().zip(diagonal.iter()).zip(covariance.means.iter().zip(&covariance.counts));
    let items = items
        .map(|((sum, variance), (mean, n))| {
            let rest = total - 2.0 * sum + variance;
            ItemFit {
                n: *n,
                mean: *mean,
                sd: variance.sqrt(),
                r_total: sum / (variance * total).sqrt(),
                r_rest: (sum - variance) / (variance * rest).sqrt(),
                alpha_if_deleted: (k > 2.0).then(|| alpha_of(rest, trace - variance, k - 1.0)),
            }
        })
        .collect();
    (whole, items)
}

fn alpha_of(total: f64, trace: f64, k: f64) -> f64 {
    k / (k - 1.0) * (1.0 - trace / total)
}

fn lambda2_of(matrix: &DMatrix<f64>) -> f64 {
    let squares = matrix.norm_squared() - matrix.diagonal().norm_squared();
    let (total, k) = (matrix.sum(), matrix.nrows() as f64);
    (total - matrix.trace() + (k / (k - 1.0) * squares).sqrt()) / total
}

fn correlations(matrix: &DMatrix<f64>) -> DMatrix<f64> {
    let inverse = DMatrix::from_diagonal(&matrix.diagonal().map(|value| 1.0 / value.sqrt()));
    &inverse * matrix * &inverse
}
