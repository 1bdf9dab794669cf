//! Covariances of items in one pass over the rows.

use super::responses::{Responses, ScaleError};
use nalgebra::DMatrix;
use rayon::prelude::*;

/// Rows summed by one task; fixed, so that the order of additions does not depend on the threads.
const CHUNK: usize = 8192;

/// What missing answers do to covariances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Only rows without a missing answer count.
    Listwise,
    /// Each pair of items uses the rows that have both.
    Pairwise,
}

/// Means, covariances (n − 1) and the number of rows behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariance {
    /// Mean of each item.
    pub means: Vec<f64>,
    /// Covariance matrix.
    pub matrix: DMatrix<f64>,
    /// Answers of each item that count.
    pub counts: Vec<f64>,
    /// Rows without a missing answer.
    pub complete: usize,
}

/// Sums over some rows: per item and per pair of items (upper triangle, row after row).
#[derive(Clone)]
struct Sums {
    complete: usize,
    single: Vec<f64>,
    cross: Vec<f64>,
    /// Per pair: rows with both, sum of the first, sum of the second. Empty while nothing is missing.
    pairs: Vec<[f64; 3]>,
}

/// Covariances of all items.
///
/// # Errors
/// [`ScaleError`]: fewer than two items or usable rows, a constant item.
pub fn covariance(responses: &Responses, missing: Missing) -> Result<Covariance, ScaleError> {
    let items = responses.items();
    if items < 2 {
        return Err(ScaleError::TooFewItems { items });
    }
    let shift = shifts(responses);
    let gaps = missing == Missing::Pairwise && responses.raw().par_iter().any(|cell| cell.is_nan());
    let parts: Vec<Sums> = responses.raw().par_chunks(CHUNK * items).map(|cells| sums(cells, &shift, gaps)).collect();
    let mut total =
        Sums { complete: 0, single: vec![0.0; items], cross: vec![0.0; items * (items + 1) / 2], pairs: Vec::new() };
    for part in parts {
        total.complete += part.complete;
        total.single.iter_mut().zip(part.single).for_each(|(total, part)| *total += part);
        total.cross.iter_mut().zip(part.cross).for_each(|(total, part)| *total += part);
        if total.pairs.is_empty() {
            total.pairs = part.pairs;
        } else {
            for (total, part) in total.pairs.iter_mut().zip(part.pairs) {
                total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
            }
        }
    }
    assemble(&total, &shift, items)
}

/// A value near each item's mean: sums of squares about it lose no digits.
fn shifts(responses: &Responses) -> Vec<f64> {
    let items = responses.items();
    (0..items)
        .map(|item| {
            responses.raw().iter().skip(item).step_by(items).copied().find(|cell| !cell.is_nan()).unwrap_or(0.0)
        })
        .collect()
}

fn sums(cells: &[f64], shift: &[f64], gaps: bool) -> Sums {
    let items = shift.len();
    let triangle = items * (items + 1) / 2;
    let mut found = Sums {
        complete: 0,
        single: vec![0.0; items],
        cross: vec![0.0; triangle],
        pairs: vec![[0.0; 3]; if gaps { triangle } else { 0 }],
    };
    let mut centred = vec![0.0; items];
    for row in cells.chunks_exact(items) {
        let whole = !row.iter().any(|cell| cell.is_nan());
        found.complete += usize::from(whole);
        if !whole && !gaps {
            continue;
        }
        for ((slot, cell), shift) in centred.iter_mut().zip(row).zip(shift) {
            *slot = cell - shift;
        }
        if gaps {
            add_pairs(&mut found, &centred);
            continue;
        }
        found.single.iter_mut().zip(&centred).for_each(|(sum, value)| *sum += value);
        let mut rest = found.cross.as_mut_slice();
        for (position, first) in centred.iter().enumerate() {
            let (line, after) = rest.split_at_mut(items - position);
            for (slot, second) in line.iter_mut().zip(centred.iter().skip(position)) {
                *slot += first * second;
            }
            rest = after;
        }
    }
    found
}

fn add_pairs(found: &mut Sums, centred: &[f64]) {
    let mut slots = found.cross.iter_mut().zip(&mut found.pairs);
    for (position, first) in centred.iter().enumerate() {
        for second in centred.iter().skip(position) {
            if let Some((cross, [count, left, right])) = slots.next()
                && !first.is_nan()
                && !second.is_nan()
            {
                *cross += first * second;
                *count += 1.0;
                *left += first;
                *right += second;
            }
        }
    }
}

fn assemble(total: &Sums, shift: &[f64], items: usize) -> Result<Covariance, ScaleError> {
    if total.pairs.is_empty() && total.complete < 2 {
        return Err(ScaleError::TooFewRows { rows: total.complete });
    }
    let mut matrix = DMatrix::zeros(items, items);
    let (mut means, mut counts) = (Vec::new(), Vec::new());
    let mut slots = total.cross.iter().enumerate();
    for (row, shift) in shift.iter().enumerate() {
        for column in row..items {
            let Some((slot, cross)) = slots.next() else { break };
            let [count, left, right] = total.pairs.get(slot).copied().unwrap_or_else(|| {
                let single = |item: usize| total.single.get(item).copied().unwrap_or(0.0);
                [total.complete as f64, single(row), single(column)]
            });
            if count < 2.0 {
                return Err(ScaleError::TooFewRows { rows: count as usize });
            }
            let value = (cross - left * right / count) / (count - 1.0);
            if let Some(cell) = matrix.get_mut((row, column)) {
                *cell = value;
            }
            if let Some(cell) = matrix.get_mut((column, row)) {
                *cell = value;
            }
            if row == column {
                if value <= 1e-12 * (left / count).powi(2).max(1e-300) {
                    return Err(ScaleError::ConstantItem { item: row });
                }
                means.push(shift + left / count);
                counts.push(count);
            }
        }
    }
    Ok(Covariance { means, matrix, counts, complete: total.complete })
}
