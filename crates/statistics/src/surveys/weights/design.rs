//! Means of a stratified, clustered sample with linearised standard errors, before and after calibration.

use super::{Margin, WeightError};

/// Alternating projections on the margins; the residuals settle geometrically.
const SWEEPS: usize = 10;

/// How the sample was drawn; empty vectors mean one stratum, every row its own cluster, no finite population.
#[derive(Debug, Clone, Default)]
pub struct Design {
    /// Stratum of each row, from 0.
    pub strata: Vec<u32>,
    /// First-stage cluster of each row, from 0, unique within its stratum.
    pub clusters: Vec<u32>,
    /// First-stage units in the population of the row's stratum.
    pub population: Vec<f64>,
}

/// A weighted mean and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Weighted mean.
    pub mean: f64,
    /// Linearised standard error.
    pub se: f64,
}

/// Kish's design effect n Σw² / (Σw)²; n divided by it is the effective sample size (Kish 1965).
#[must_use]
pub fn kish_effect(weights: &[f64]) -> f64 {
    let (total, squares) = weights.iter().fold((0.0, 0.0), |(total, squares), w| (total + w, squares + w * w));
    weights.len() as f64 * squares / (total * total)
}

impl Design {
    /// Weighted mean of `values` (`None` where missing, left out as a domain) and its Taylor-linearised standard error.
    ///
    /// `margins` are those the weights were raked to: each linearised value is replaced by its residual from them, by ten
    /// alternating sweeps of category means (Deville, Särndal & Sautory 1993, JASA 88:1013). A mean of nothing is NaN.
    ///
    /// # Errors
    /// [`WeightError::LonelyUnit`] for a stratum with one cluster, [`WeightError::Length`] for columns of unequal length.
    pub fn mean(&self, weights: &[f64], values: &[Option<f64>], margins: &[Margin]) -> Result<Estimate, WeightError> {
        let rows = weights.len();
        let optional =
            [self.strata.len(), self.clusters.len(), self.population.len()].into_iter().filter(|length| *length > 0);
        for found in optional.chain([values.len()]).chain(margins.iter().map(|margin| margin.category.len())) {
            if found != rows {
                return Err(WeightError::Length { found, needed: rows });
            }
        }
        let (mut total, mut sum) = (0.0, 0.0);
        for (weight, value) in weights.iter().zip(values) {
            if let Some(value) = value {
                total += weight;
                sum += weight * value;
            }
        }
        let mean = sum / total;
        let mut residuals: Vec<f64> =
            values.iter().map(|value| value.map_or(0.0, |value| (value - mean) / total)).collect();
        for margin in std::iter::repeat_n(margins, if margins.len() > 1 { SWEEPS } else { 1 }).flatten() {
            centre(&mut residuals, margin);
        }
        let linearised: Vec<f64> = residuals.iter().zip(weights).map(|(residual, weight)| residual * weight).collect();
        Ok(Estimate { mean, se: self.variance(&linearised)?.sqrt() })
    }

    /// Variance of a total: Σ over strata (1 − f) n/(n − 1) Σ over clusters (t − t̄)².
    fn variance(&self, linearised: &[f64]) -> Result<f64, WeightError> {
        let strata = self.strata.iter().max().map_or(1, |last| *last as usize + 1);
        let mut totals: Vec<std::collections::BTreeMap<usize, f64>> = vec![std::collections::BTreeMap::new(); strata];
        let mut population = vec![f64::INFINITY; strata];
        for (row, value) in linearised.iter().enumerate() {
            let stratum = self.strata.get(row).map_or(0, |stratum| *stratum as usize);
            let cluster = self.clusters.get(row).map_or(row, |cluster| *cluster as usize);
            if let Some(clusters) = totals.get_mut(stratum) {
                *clusters.entry(cluster).or_insert(0.0) += value;
            }
            if let (Some(slot), Some(size)) = (population.get_mut(stratum), self.population.get(row)) {
                *slot = *size;
            }
        }
        let mut variance = 0.0;
        for (stratum, (clusters, population)) in totals.iter().zip(population).enumerate() {
            let count = clusters.len() as f64;
            let rest = 1.0 - count / population;
            if clusters.len() == 1 && rest > 0.0 {
                return Err(WeightError::LonelyUnit { stratum });
            }
            if clusters.len() > 1 {
                let mean = clusters.values().sum::<f64>() / count;
                let squares: f64 = clusters.values().map(|total| (total - mean).powi(2)).sum();
                variance += rest.max(0.0) * count / (count - 1.0) * squares;
            }
        }
        Ok(variance)
    }
}

/// Takes each category's mean off its rows.
fn centre(residuals: &mut [f64], margin: &Margin) {
    let mut sums = vec![(0.0, 0.0); margin.totals.len()];
    for (residual, category) in residuals.iter().zip(&margin.category) {
        if let Some((sum, count)) = sums.get_mut(*category as usize) {
            *sum += residual;
            *count += 1.0;
        }
    }
    for (residual, category) in residuals.iter_mut().zip(&margin.category) {
        if let Some((sum, count)) = sums.get(*category as usize) {
            *residual -= sum / count;
        }
    }
}
