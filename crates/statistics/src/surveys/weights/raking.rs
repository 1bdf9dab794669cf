//! Raking (iterative proportional fitting) to population margins; with one margin it is post-stratification.

use super::WeightError;
use rayon::prelude::*;
use std::collections::HashMap;

/// Rounds after which margins count as contradictory.
const ROUNDS: usize = 10_000;
/// Relative misfit of every total at which raking stops.
const TOLERANCE: f64 = 1e-12;
/// Largest relative difference between the sums of two margins.
const SAME_TOTAL: f64 = 1e-6;

/// Pieces in which rows are added up, whatever the number of threads.
const PIECES: usize = 16;

/// One margin: each row's category and the population total of each category.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Category of each row, from 0.
    pub category: Vec<u32>,
    /// Population total of each category.
    pub totals: Vec<f64>,
}

/// Raked weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// One weight per row.
    pub weights: Vec<f64>,
    /// Rounds over all margins.
    pub iterations: usize,
    /// Largest relative misfit left.
    pub misfit: f64,
}

/// Rows alike in every margin, raked as one: for each cell its category in every margin, its weight and its factor.
struct Cells {
    /// By margin.
    categories: Vec<Vec<u32>>,
    base: Vec<f64>,
    factor: Vec<f64>,
}

/// Scales `base` weights until every margin meets its totals, margins in the order given.
///
/// Rows with the same categories share their factor, so the rounds run over distinct cells. Source: Deming & Stephan 1940,
/// Ann. Math. Statist. 11:427.
///
/// # Errors
/// [`WeightError`]: weights not positive, categories without a total, totals without rows, sums that differ, contradiction.
pub fn rake(base: &[f64], margins: &[Margin]) -> Result<Raked, WeightError> {
    check_weights(base)?;
    for margin in margins {
        if margin.category.len() != base.len() {
            return Err(WeightError::Length { found: margin.category.len(), needed: base.len() });
        }
    }
    let (mut cells, cell_of) = collapse(base, margins)?;
    check_totals(&cells, margins)?;
    let mut misfit = f64::INFINITY;
    for iterations in 1..=ROUNDS {
        for (position, margin) in margins.iter().enumerate() {
            adjust(&mut cells, position, &margin.totals);
        }
        misfit = margins
            .iter()
            .enumerate()
            .map(|(position, margin)| misfit_of(&cells, position, &margin.totals))
            .fold(0.0, f64::max);
        if misfit <= TOLERANCE {
            let factor = |cell: &u32| cells.factor.get(*cell as usize).copied().unwrap_or(1.0);
            let weights = base.par_iter().zip(&cell_of).map(|(weight, cell)| weight * factor(cell)).collect();
            return Ok(Raked { weights, iterations, misfit });
        }
    }
    Err(WeightError::NotConverged { iterations: ROUNDS, misfit })
}

pub(super) fn check_weights(weights: &[f64]) -> Result<(), WeightError> {
    match weights.par_iter().position_first(|weight| !(weight.is_finite() && *weight > 0.0)) {
        Some(row) => Err(WeightError::Weight { row, weight: weights.get(row).copied().unwrap_or(f64::NAN) }),
        None => Ok(()),
    }
}

/// Distinct cells, and the cell of each row.
fn collapse(base: &[f64], margins: &[Margin]) -> Result<(Cells, Vec<u32>), WeightError> {
    for (position, margin) in margins.iter().enumerate() {
        let outside = margin.category.par_iter().position_first(|category| *category as usize >= margin.totals.len());
        if let Some(row) = outside {
            return Err(WeightError::CategoryUnknown { row, margin: position });
        }
    }
    let possible = margins.iter().fold(1_usize, |sum, margin| sum.saturating_mul(margin.totals.len()));
    // The keys themselves number the cells while there are not many more of them than rows.
    let (numbers, count) = if possible <= 4 * base.len() + 1024 {
        ((0..base.len()).into_par_iter().map(|row| key(row, margins) as u32).collect(), possible)
    } else {
        numbered(&(0..base.len()).into_par_iter().map(|row| key(row, margins)).collect::<Vec<u128>>())
    };
    let mut cells = Cells { categories: vec![Vec::new(); margins.len()], base: Vec::new(), factor: Vec::new() };
    let mut cell_of_number = vec![u32::MAX; count];
    for (slot, (sum, row)) in cell_of_number.iter_mut().zip(sums_by_number(base, &numbers, count)) {
        let Some(row) = row else { continue };
        *slot = cells.base.len() as u32;
        cells.base.push(sum);
        cells.factor.push(1.0);
        for (column, margin) in cells.categories.iter_mut().zip(margins) {
            column.extend(margin.category.get(row));
        }
    }
    let cell = |number: &u32| cell_of_number.get(*number as usize).copied().unwrap_or(u32::MAX);
    Ok((cells, numbers.par_iter().map(cell).collect()))
}

/// One number for the categories of a row.
fn key(row: usize, margins: &[Margin]) -> u128 {
    margins.iter().fold(0, |key, margin| {
        let category = margin.category.get(row).copied().unwrap_or(0);
        key.wrapping_mul(margin.totals.len() as u128).wrapping_add(u128::from(category))
    })
}

/// Keys numbered in the order in which they first appear.
fn numbered(keys: &[u128]) -> (Vec<u32>, usize) {
    let mut known: HashMap<u128, u32> = HashMap::new();
    let mut numbers = Vec::with_capacity(keys.len());
    for key in keys {
        let next = known.len() as u32;
        numbers.push(*known.entry(*key).or_insert(next));
    }
    (numbers, known.len())
}

/// Sum of the weights, and the first row, of every number: pieces of a fixed size, added in their order.
fn sums_by_number(base: &[f64], numbers: &[u32], count: usize) -> Vec<(f64, Option<usize>)> {
    let size = base.len().div_ceil(PIECES).max(count).max(1);
    let piece = |(piece, (weights, numbers)): (usize, (&[f64], &[u32]))| {
        let mut sums: Vec<(f64, Option<usize>)> = vec![(0.0, None); count];
        for (row, (weight, number)) in (piece * size..).zip(weights.iter().zip(numbers)) {
            if let Some((sum, first)) = sums.get_mut(*number as usize) {
                *sum += weight;
                first.get_or_insert(row);
            }
        }
        sums
    };
    let pieces: Vec<Vec<(f64, Option<usize>)>> =
        base.par_chunks(size).zip(numbers.par_chunks(size)).enumerate().map(piece).collect();
    let mut all = vec![(0.0, None); count];
    for part in pieces {
        for ((sum, first), (more, row)) in all.iter_mut().zip(part) {
            *sum += more;
            *first = first.or(row);
        }
    }
    all
}

fn check_totals(cells: &Cells, margins: &[Margin]) -> Result<(), WeightError> {
    let sums: Vec<f64> = margins.iter().map(|margin| margin.totals.iter().sum()).collect();
    for (position, margin) in margins.iter().enumerate() {
        let reached = weighted(cells, position, margin.totals.len());
        for (category, (total, reached)) in margin.totals.iter().zip(reached).enumerate() {
            if !total.is_finite() || *total < 0.0 || (*total > 0.0) != (reached > 0.0) {
                return Err(WeightError::Unreachable { margin: position, category, total: *total });
            }
        }
        if let (Some(first), Some(found)) = (sums.first(), sums.get(position))
            && (found - first).abs() > SAME_TOTAL * first
        {
            return Err(WeightError::TotalsDiffer { margin: position, found: *found, first: *first });
        }
    }
    Ok(())
}

fn weighted(cells: &Cells, margin: usize, categories: usize) -> Vec<f64> {
    let mut sums = vec![0.0; categories];
    let column = cells.categories.get(margin).map_or(&[][..], Vec::as_slice);
    for ((category, base), factor) in column.iter().zip(&cells.base).zip(&cells.factor) {
        if let Some(slot) = sums.get_mut(*category as usize) {
            *slot += base * factor;
        }
    }
    sums
}

fn adjust(cells: &mut Cells, margin: usize, totals: &[f64]) {
    let reached = weighted(cells, margin, totals.len());
    let ratios: Vec<f64> =
        totals.iter().zip(reached).map(|(total, reached)| if reached > 0.0 { total / reached } else { 1.0 }).collect();
    let column = cells.categories.get(margin).map_or(&[][..], Vec::as_slice);
    for (factor, category) in cells.factor.iter_mut().zip(column) {
        *factor *= ratios.get(*category as usize).copied().unwrap_or(1.0);
    }
}

fn misfit_of(cells: &Cells, margin: usize, totals: &[f64]) -> f64 {
    let reached = weighted(cells, margin, totals.len());
    totals
        .iter()
        .zip(reached)
        .filter(|(total, _)| **total > 0.0)
        .map(|(total, reached)| (reached / total - 1.0).abs())
        .fold(0.0, f64::max)
}
