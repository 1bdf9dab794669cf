//! Whether a common item still is the same item.

use super::criterion::expected_score;
use super::{Constants, Pair};
use crate::exams::irt::Nodes;

/// How far a common item has moved after linking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// Slope difference, base less new on the base scale.
    pub slope: f64,
    /// Mean difficulty difference, base less new.
    pub difficulty: f64,
    /// Robust z of the difficulty difference: (x − median) / (0.74 × interquartile range); `None` without spread.
    pub robust_z: Option<f64>,
    /// Root mean squared distance of the two curves over θ ~ N(0, 1), as a part of the full mark.
    pub distance: f64,
    /// |z| > 1.96 and distance > 0.05, or distance > 0.1: statistically and visibly another item.
    pub drifting: bool,
}

/// Drift of every pair under the constants.
#[must_use]
pub fn drift(pairs: &[Pair], constants: &Constants, nodes: &Nodes) -> Vec<Drift> {
    let differences: Vec<f64> = pairs
        .iter()
        .map(|pair| mean(&pair.base.difficulties()) - mean(&constants.apply(&pair.new).difficulties()))
        .collect();
    let mut sorted = differences.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| crate::exams::standard::quantile(&sorted, p, crate::exams::standard::QuantileType::Seven);
    let (median, spread) = (at(0.5).unwrap_or(0.0), at(0.75).unwrap_or(0.0) - at(0.25).unwrap_or(0.0));
    let one = |(pair, difference): (&Pair, &f64)| {
        let moved = constants.apply(&pair.new);
        let full = (pair.base.categories.max(2) - 1) as f64;
        let squares = nodes.points.iter().zip(nodes.log_weights(0.0, 1.0)).map(|(theta, weight)| {
            let gap = (expected_score(&pair.base, *theta) - expected_score(&moved, *theta)) / full;
            weight.exp() * gap * gap
        });
        let distance = squares.sum::<f64>().sqrt();
        let robust_z = (spread > 1e-9).then(|| (difference - median) / (0.74 * spread));
        let unusual = robust_z.is_some_and(|z| z.abs() > 1.96);
        Drift {
            slope: pair.base.slope() - moved.slope(),
            difficulty: *difference,
            robust_z,
            distance,
            drifting: (unusual && distance > 0.05) || distance > 0.1,
        }
    };
    pairs.iter().zip(&differences).map(one).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
