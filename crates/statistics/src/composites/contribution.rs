//! What each indicator adds to a score, and to its change since last year.

use super::Column;

/// w·u of each indicator and unit, weights rescaled where a unit lacks values; the indicators add up to the arithmetic score.
#[must_use]
pub fn contributions(columns: &[Column], weights: &[f64]) -> Vec<Column> {
    let units = columns.first().map_or(0, Vec::len);
    let mut totals = vec![0.0; units];
    for (column, weight) in columns.iter().zip(weights) {
        for (total, value) in totals.iter_mut().zip(column) {
            *total += if value.is_some() { *weight } else { 0.0 };
        }
    }
    let share = |(value, total): (&Option<f64>, &f64), weight: f64| value.map(|value| weight * value / total);
    columns
        .iter()
        .zip(weights)
        .map(|(column, weight)| column.iter().zip(&totals).map(|pair| share(pair, *weight)).collect())
        .collect()
}

/// A score's change through one indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Through the indicator's value: w̄ (u₁ − u₀).
    pub by_value: f64,
    /// Through its weight: ū (w₁ − w₀).
    pub by_weight: f64,
}

/// One year's scaled columns and weights.
#[derive(Debug, Clone, Copy)]
pub struct Year<'a> {
    /// Min–max values on a scale that both years share.
    pub columns: &'a [Column],
    /// Weights adding up to 1.
    pub weights: &'a [f64],
}

/// Splits each unit's change of score into every indicator's value and weight; the parts add up to the change exactly
/// (mean of both orders, Shapley). `None` where either year lacks the value. Output: one column per indicator.
#[must_use]
pub fn decompose(before: Year<'_>, now: Year<'_>) -> Vec<Vec<Option<Change>>> {
    let weights = before.weights.iter().zip(now.weights);
    let columns = before.columns.iter().zip(now.columns);
    columns
        .zip(weights)
        .map(|((old, new), (w0, w1))| {
            let change = |u0: f64, u1: f64| Change {
                by_value: 0.5 * (w0 + w1) * (u1 - u0),
                by_weight: 0.5 * (u0 + u1) * (w1 - w0),
            };
            old.iter().zip(new).map(|(u0, u1)| u0.zip(*u1).map(|(u0, u1)| change(u0, u1))).collect()
        })
        .collect()
}
