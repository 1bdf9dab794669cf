//! E step: expected counts per node and response, in chunks whose sums are added in a fixed order.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: rows and nodes are sized together in `Layout::new`")]

use super::likelihood::{Layout, Tables};
use rayon::prelude::*;

/// Expected counts under the current parameters.
#[derive(Clone)]
pub(super) struct Expected {
    /// Rows of the layout × nodes.
    pub counts: Vec<f64>,
    /// Pupils per node.
    pub total: Vec<f64>,
    /// Log likelihood, Σ over pupils.
    pub log_likelihood: f64,
}

impl Expected {
    fn zero(rows: usize, nodes: usize) -> Self {
        Self { counts: vec![0.0; rows * nodes], total: vec![0.0; nodes], log_likelihood: 0.0 }
    }

    fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, value)| *sum += value);
        self.total.iter_mut().zip(&other.total).for_each(|(sum, value)| *sum += value);
        self.log_likelihood += other.log_likelihood;
    }

    /// Expected counts of every category of an item: category-major, categories × nodes.
    pub fn of_item(&self, layout: &Layout, item: usize, categories: usize) -> Vec<f64> {
        let nodes = self.total.len();
        let mut out = vec![0.0; categories * nodes];
        let (zero, others) = out.split_at_mut(nodes);
        zero.copy_from_slice(&self.total);
        let rows = (1..categories).filter_map(|category| layout.row(item, category).map(|row| (category, row)));
        for (category, row) in rows {
            let source = &self.counts[row * nodes..(row + 1) * nodes];
            others[(category - 1) * nodes..category * nodes].copy_from_slice(source);
            zero.iter_mut().zip(source).for_each(|(left, taken)| *left -= taken);
        }
        if let Some(row) = layout.missing_row(item) {
            let source = &self.counts[row * nodes..(row + 1) * nodes];
            zero.iter_mut().zip(source).for_each(|(left, taken)| *left -= taken);
        }
        zero.iter_mut().for_each(|value| *value = value.max(0.0));
        out
    }
}

/// Patterns per chunk: enough chunks to share out, few enough that adding them costs nothing.
pub(super) fn chunk_size(patterns: usize) -> usize {
    patterns.div_ceil(64).max(512)
}

/// One pass over the patterns.
pub(super) fn expect(layout: &Layout, tables: &Tables, weights: &[f64]) -> Expected {
    let size = chunk_size(weights.len());
    let nodes = tables.buffer().values.len();
    let parts: Vec<Expected> = weights
        .par_chunks(size)
        .enumerate()
        .map(|(chunk, weights)| {
            let mut sum = Expected::zero(layout.rows.len(), nodes);
            let mut posterior = tables.buffer();
            for (offset, weight) in weights.iter().enumerate() {
                let pattern = chunk * size + offset;
                tables.posterior(pattern, &mut posterior);
                sum.log_likelihood += weight * posterior.log_likelihood;
                let (low, high) = (posterior.low, posterior.high);
                let window = &mut posterior.values[low..high];
                if *weight != 1.0 {
                    window.iter_mut().for_each(|value| *value *= weight);
                }
                add_window(&mut sum.total[low..high], window);
                for row in layout.entries(pattern) {
                    let start = *row as usize * nodes;
                    add_window(&mut sum.counts[start + low..start + high], window);
                }
            }
            sum
        })
        .collect();
    let mut sum = Expected::zero(layout.rows.len(), nodes);
    parts.iter().for_each(|part| sum.add(part));
    sum
}

fn add_window(target: &mut [f64], window: &[f64]) {
    target.iter_mut().zip(window).for_each(|(sum, value)| *sum += value);
}
