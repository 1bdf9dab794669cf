//! The least-squares criteria of Haebara and of Stocking & Lord, minimised by damped Gauss–Newton steps.

use super::{Constants, Pair};
use crate::exams::Error;
use crate::exams::irt::{Item, Nodes};

/// What is to agree: each item's expected score, or their sum, over θ ~ N(0, 1) of the base scale.
pub(super) struct Target<'a> {
    pub pairs: &'a [Pair],
    pub nodes: &'a Nodes,
    pub per_item: bool,
}

/// Expected score of an item at θ.
pub(super) fn expected_score(item: &Item, theta: f64) -> f64 {
    let mut logs = vec![0.0; item.categories];
    item.log_probabilities(theta, &mut logs);
    (0_u32..).zip(&logs).map(|(category, log)| f64::from(category) * log.exp()).sum()
}

impl Target<'_> {
    /// Weighted residuals: node-major, one per item or one per node.
    fn residuals(&self, constants: Constants) -> Vec<f64> {
        let moved: Vec<Item> = self.pairs.iter().map(|pair| constants.apply(&pair.new)).collect();
        let mut out = Vec::new();
        for (theta, weight) in self.nodes.points.iter().zip(self.nodes.log_weights(0.0, 1.0)) {
            let root = (weight / 2.0).exp();
            let differences = self
                .pairs
                .iter()
                .zip(&moved)
                .map(|(pair, moved)| root * (expected_score(&pair.base, *theta) - expected_score(moved, *theta)));
            if self.per_item { out.extend(differences) } else { out.push(differences.sum()) }
        }
        out
    }
}

fn squares(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

/// The constants with the least criterion near `start`.
pub(super) fn minimise(target: &Target, start: Constants) -> Result<Constants, Error> {
    let mut current = start;
    let mut residuals = target.residuals(current);
    let mut damping = 1e-4;
    for _ in 0..200 {
        let (by_slope, by_shift) = derivatives(target, current);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let (aa, bb, ab) = (dot(&by_slope, &by_slope), dot(&by_shift, &by_shift), dot(&by_slope, &by_shift));
        let (ga, gb) = (dot(&by_slope, &residuals), dot(&by_shift, &residuals));
        let (da, db) = (aa * (1.0 + damping), bb * (1.0 + damping));
        let determinant = da * db - ab * ab;
        if determinant <= 0.0 || !determinant.is_finite() {
            return Err(Error::Numeric("the common items do not determine a scale"));
        }
        let (step_a, step_b) = ((db * ga - ab * gb) / determinant, (da * gb - ab * ga) / determinant);
        let next = Constants { slope: current.slope - step_a, shift: current.shift - step_b };
        let tried = if next.slope > 0.01 { target.residuals(next) } else { vec![f64::INFINITY] };
        if squares(&tried) <= squares(&residuals) {
            (current, residuals) = (next, tried);
            damping /= 10.0;
        } else {
            damping *= 10.0;
        }
        if step_a.abs().max(step_b.abs()) < 1e-11 || damping > 1e12 {
            break;
        }
    }
    Ok(current)
}

fn derivatives(target: &Target, at: Constants) -> (Vec<f64>, Vec<f64>) {
    let step = 1e-5;
    let central = |plus: Constants, minus: Constants| {
        let (plus, minus) = (target.residuals(plus), target.residuals(minus));
        plus.iter().zip(&minus).map(|(p, m)| (p - m) / (2.0 * step)).collect()
    };
    let slope = |by: f64| Constants { slope: at.slope + by, ..at };
    let shift = |by: f64| Constants { shift: at.shift + by, ..at };
    (central(slope(step), slope(-step)), central(shift(step), shift(-step)))
}
