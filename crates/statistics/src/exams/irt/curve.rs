//! Information of an item at θ, and what the pupils' responses say about its curve.

use super::expectation::expect;
use super::fit::Fit;
use super::likelihood::{Layout, Tables};
use super::model::{Item, Model};
use super::nodes::Nodes;
use super::responses::Responses;

/// Fisher information of one item at `theta`: Σ_k P_k (∂ log P_k / ∂θ)².
#[must_use]
pub fn information(item: &Item, theta: f64) -> f64 {
    let mut logs = vec![0.0; item.categories];
    item.log_probabilities(theta, &mut logs);
    let at = |(category, log): (usize, &f64)| log.exp() * item.theta_derivatives(theta, category, &logs).0.powi(2);
    logs.iter().enumerate().map(at).sum()
}

/// Expected counts of each item's categories at the nodes under the fitted model: per item category-major, categories × nodes.
///
/// Their proportions agree with the item's curve when the model holds, and show where it does not.
#[must_use]
pub fn expected_counts(responses: &Responses, fit: &Fit, nodes: &Nodes) -> Vec<Vec<f64>> {
    let models: Vec<Model> = fit.items.iter().map(|item| item.model).collect();
    let layout = Layout::new(responses, &models);
    let tables = Tables::new(&layout, &fit.items, &nodes.points, &nodes.log_weights(0.0, fit.variance));
    let expected = expect(&layout, &tables, &responses.weights);
    fit.items.iter().enumerate().map(|(index, item)| expected.of_item(&layout, index, item.categories)).collect()
}
