//! Weights of indicators, taken from the data or from nobody.

use super::Column;
use super::correlation::pearson;
use nalgebra::{DMatrix, SymmetricEigen};

/// The same weight for each of `count` indicators.
#[must_use]
pub fn equal_weights(count: usize) -> Vec<f64> {
    vec![1.0 / count as f64; count]
}

/// Entropy e = −Σ p ln p / ln n of each column of min–max values, p = u / Σu, 0 ln 0 = 0; n counts the values present.
#[must_use]
pub fn entropies(scaled: &[Column]) -> Vec<f64> {
    scaled
        .iter()
        .map(|column| {
            let total: f64 = column.iter().flatten().sum();
            let count = column.iter().flatten().count() as f64;
            let shares = column.iter().flatten().map(|value| value / total).filter(|share| *share > 0.0);
            -shares.map(|share| share * share.ln()).sum::<f64>() / count.ln()
        })
        .collect()
}

/// Entropy weights w = (1 − e) / Σ(1 − e): much weight where few units stand out.
///
/// Source: Shannon 1948; Hwang & Yoon 1981, chapter 3.
#[must_use]
pub fn entropy_weights(scaled: &[Column]) -> Vec<f64> {
    normalise(entropies(scaled).into_iter().map(|entropy| 1.0 - entropy).collect())
}

/// CRITIC weights: standard deviation (n − 1) times Σ(1 − r) over the other min–max columns, normalised.
///
/// Source: Diakoulaki, Mavrotas & Papayannakis 1995, Computers & Operations Research 22:763.
#[must_use]
pub fn critic_weights(scaled: &[Column]) -> Vec<f64> {
    let information = scaled.iter().map(|column| {
        let conflict: f64 = scaled.iter().map(|other| 1.0 - pearson(column, other)).sum();
        moments(column).1 * conflict
    });
    normalise(information.collect())
}

/// Weights by coefficient of variation of the raw columns, |sd / mean|, normalised.
#[must_use]
pub fn variation_weights(raw: &[Column]) -> Vec<f64> {
    normalise(raw.iter().map(|column| moments(column)).map(|(mean, deviation)| (deviation / mean).abs()).collect())
}

fn normalise(values: Vec<f64>) -> Vec<f64> {
    let total: f64 = values.iter().sum();
    values.into_iter().map(|value| value / total).collect()
}

fn moments(column: &[Option<f64>]) -> (f64, f64) {
    let count = column.iter().flatten().count() as f64;
    let mean = column.iter().flatten().sum::<f64>() / count;
    let squares: f64 = column.iter().flatten().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

/// The first principal component of a correlation matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    /// Loadings of length 1, turned so that their sum is not negative.
    pub loadings: Vec<f64>,
    /// Share of the variance that it carries.
    pub share: f64,
}

/// First principal component of the columns' correlations (pairwise complete).
#[must_use]
pub fn principal_component(columns: &[Column]) -> Components {
    let correlations = correlations(columns);
    let eigen = SymmetricEigen::new(correlations);
    let top = eigen.eigenvalues.iter().enumerate().max_by(|first, second| first.1.total_cmp(second.1));
    let (position, value) = top.map_or((0, f64::NAN), |(position, value)| (position, *value));
    let mut loadings: Vec<f64> = eigen.eigenvectors.column(position).iter().copied().collect();
    if loadings.iter().sum::<f64>() < 0.0 {
        loadings.iter_mut().for_each(|loading| *loading = -*loading);
    }
    Components { loadings, share: value / columns.len() as f64 }
}

/// Cronbach's α of standardised columns: k r̄ / (1 + (k − 1) r̄).
#[must_use]
pub fn standardised_alpha(columns: &[Column]) -> f64 {
    let count = columns.len() as f64;
    let mean = (correlations(columns).sum() - count) / (count * (count - 1.0));
    count * mean / (1.0 + (count - 1.0) * mean)
}

fn correlations(columns: &[Column]) -> DMatrix<f64> {
    let flat: Vec<f64> =
        columns.iter().flat_map(|column| columns.iter().map(move |other| pearson(column, other))).collect();
    let mut matrix = DMatrix::from_vec(columns.len(), columns.len(), flat);
    matrix.fill_diagonal(1.0);
    matrix
}
