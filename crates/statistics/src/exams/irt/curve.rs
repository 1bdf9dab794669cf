//! Information of an item and of the test at θ.

use super::model::Item;

/// Fisher information of one item at `theta`: Σ_k P_k (∂ log P_k / ∂θ)².
#[must_use]
pub fn information(item: &Item, theta: f64) -> f64 {
    let mut logs = vec![0.0; item.categories];
    item.log_probabilities(theta, &mut logs);
    let at = |(category, log): (usize, &f64)| log.exp() * item.theta_derivatives(theta, category, &logs).0.powi(2);
    logs.iter().enumerate().map(at).sum()
}
