//! Observed information by Oakes' identity (Oakes 1999): complete information less the posterior covariance of the scores.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: rows and nodes are sized together in `Layout::new`")]

use super::em::State;
use super::expectation::{Expected, chunk_size};
use super::fit::Settings;
use super::likelihood::{Layout, Tables};
use super::maximization::Task;
use super::model::Item;
use super::responses::{MISSING, Responses};
use nalgebra::DMatrix;
use rayon::prelude::*;

/// Where the information is wanted.
pub(super) struct Point<'a> {
    pub responses: &'a Responses,
    pub layout: &'a Layout,
    pub settings: &'a Settings,
    pub state: &'a State,
    pub expected: &'a Expected,
}

/// Scores of one item: (category × nodes) × parameters.
struct Scores {
    offset: usize,
    count: usize,
    values: Vec<f64>,
}

/// The information matrix over the items’ free parameters, then the variance.
pub(super) fn information(point: &Point) -> DMatrix<f64> {
    let scores = item_scores(point);
    let variance_scores = variance_scores(point);
    let size = scores.last().map_or(0, |last| last.offset + last.count) + usize::from(variance_scores.is_some());
    let mut total = complete(point, &scores, size);
    total -= posterior_covariance(point, &scores, variance_scores.as_deref(), size);
    total
}

fn item_scores(point: &Point) -> Vec<Scores> {
    let mut offset = 0;
    let mut out = Vec::with_capacity(point.state.items.len());
    for item in &point.state.items {
        let (count, nodes) = (item.parameters.len(), point.settings.nodes.points.len());
        let mut values = vec![0.0; item.categories * nodes * count];
        let mut logs = vec![0.0; item.categories];
        let mut at_node = vec![0.0; item.categories * count];
        for (node, theta) in point.settings.nodes.points.iter().enumerate() {
            item.log_probabilities(*theta, &mut logs);
            item.parameter_scores(*theta, &logs, &mut at_node);
            for (category, row) in at_node.chunks_exact(count).enumerate() {
                let start = (category * nodes + node) * count;
                values[start..start + count].copy_from_slice(row);
            }
        }
        out.push(Scores { offset, count, values });
        offset += count;
    }
    out
}

/// ∂ log w_q / ∂σ² when the variance is free.
fn variance_scores(point: &Point) -> Option<Vec<f64>> {
    if !point.state.items.iter().all(|item| item.model.slope_fixed()) {
        return None;
    }
    let (nodes, variance) = (&point.settings.nodes, point.state.variance);
    let weights = nodes.log_weights(0.0, variance);
    let mean: f64 = nodes.points.iter().zip(&weights).map(|(x, weight)| x * x * weight.exp()).sum();
    Some(nodes.points.iter().map(|x| (x * x - mean) / (2.0 * variance * variance)).collect())
}

/// Minus the second derivative of the expected complete log likelihood, block by block.
fn complete(point: &Point, scores: &[Scores], size: usize) -> DMatrix<f64> {
    let mut total = DMatrix::zeros(size, size);
    let points = &point.settings.nodes.points;
    for (index, (item, block)) in point.state.items.iter().zip(scores).enumerate() {
        let counts = point.expected.of_item(point.layout, index, item.categories);
        let task = Task { points, counts: &counts, guessing: point.settings.guessing };
        let hessian = if item.model.linear() { task.slope(item).information } else { differenced(&task, item) };
        total.view_mut((block.offset, block.offset), (block.count, block.count)).copy_from(&hessian);
    }
    if let Some(scores) = variance_scores(point) {
        let variance = point.state.variance;
        let weights = point.settings.nodes.log_weights(0.0, variance);
        // Both parts of −∂²/∂(σ²)²: the squared score under the weights, and the curvature left by the residual.
        let spread: f64 = scores.iter().zip(&weights).map(|(score, weight)| score * score * weight.exp()).sum();
        let pupils: f64 = point.expected.total.iter().sum();
        let residual: f64 = scores.iter().zip(&point.expected.total).map(|(score, count)| score * count).sum();
        total[(size - 1, size - 1)] = pupils * spread + 2.0 * residual / variance;
    }
    total
}

/// Central differences of the analytic gradient.
fn differenced(task: &Task, item: &Item) -> DMatrix<f64> {
    let count = item.parameters.len();
    let mut out = DMatrix::zeros(count, count);
    for column in 0..count {
        let at = |shift: f64| {
            let mut moved = item.clone();
            moved.parameters[column] += shift;
            task.slope(&moved).gradient
        };
        let step = 1e-5 * item.parameters[column].abs().max(1.0);
        let derivative = (at(-step) - at(step)) / (2.0 * step);
        out.set_column(column, &derivative);
    }
    (&out + out.transpose()) * 0.5
}

/// Σ over pupils of the posterior covariance of their complete-data scores.
fn posterior_covariance(point: &Point, scores: &[Scores], variance: Option<&[f64]>, size: usize) -> DMatrix<f64> {
    let nodes = point.settings.nodes.points.len();
    let weights = point.settings.nodes.log_weights(0.0, point.state.variance);
    let tables = Tables::new(point.layout, &point.state.items, &point.settings.nodes.points, &weights);
    let items = point.responses.items();
    let chunk = chunk_size(point.responses.weights.len());
    let parts: Vec<DMatrix<f64>> = point
        .responses
        .weights
        .par_chunks(chunk)
        .enumerate()
        .map(|(index, weights)| {
            let mut sum = DMatrix::zeros(size, size);
            let mut posterior = tables.buffer();
            let mut stack = Stack { size, rows: Vec::new() };
            for (offset, weight) in weights.iter().enumerate() {
                let pattern = index * chunk + offset;
                tables.posterior(pattern, &mut posterior);
                let codes = &point.responses.patterns[pattern * items..(pattern + 1) * items];
                let first = stack.rows.len();
                for node in posterior.low..posterior.high {
                    let start = stack.rows.len();
                    stack.rows.resize(start + size, 0.0);
                    let row = &mut stack.rows[start..];
                    for (block, code) in scores.iter().zip(codes).filter(|(_, code)| **code != MISSING) {
                        let source = (usize::from(*code) * nodes + node) * block.count;
                        row[block.offset..block.offset + block.count]
                            .copy_from_slice(&block.values[source..source + block.count]);
                    }
                    if let Some(variance) = variance {
                        row[size - 1] = variance[node];
                    }
                }
                stack.centre(first, &posterior.values[posterior.low..posterior.high], *weight);
                stack.flush(&mut sum, 2048);
            }
            stack.flush(&mut sum, 0);
            sum
        })
        .collect();
    parts.into_iter().fold(DMatrix::zeros(size, size), |sum, part| sum + part)
}

/// Weighted, centred score vectors waiting to be multiplied together.
struct Stack {
    size: usize,
    rows: Vec<f64>,
}

impl Stack {
    fn centre(&mut self, first: usize, posterior: &[f64], weight: f64) {
        let size = self.size;
        let mut mean = vec![0.0; size];
        for (row, p) in self.rows[first..].chunks_exact(size).zip(posterior) {
            mean.iter_mut().zip(row).for_each(|(mean, value)| *mean += p * value);
        }
        for (row, p) in self.rows[first..].chunks_exact_mut(size).zip(posterior) {
            let scale = (p * weight).sqrt();
            row.iter_mut().zip(&mean).for_each(|(value, mean)| *value = (*value - mean) * scale);
        }
    }

    fn flush(&mut self, sum: &mut DMatrix<f64>, least: usize) {
        let count = self.rows.len() / self.size;
        if count > least {
            let columns = DMatrix::from_column_slice(self.size, count, &self.rows);
            sum.gemm(1.0, &columns, &columns.transpose(), 1.0);
            self.rows.clear();
        }
    }
}
