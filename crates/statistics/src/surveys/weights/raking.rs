//! Raking (iterative proportional fitting) to population margins; with one margin it is post-stratification.

use super::WeightError;
use std::collections::HashMap;

/// Rounds after which margins count as contradictory.
const ROUNDS: usize = 10_000;
/// Relative misfit of every total at which raking stops.
const TOLERANCE: f64 = 1e-12;
/// Largest relative difference between the sums of two margins.
const SAME_TOTAL: f64 = 1e-6;

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

/// Rows alike in every margin, raked as one.
struct Cell {
    categories: Vec<usize>,
    base: f64,
    factor: f64,
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
            let factors: Vec<f64> = cells.iter().map(|cell| cell.factor).collect();
            let factor = |cell: &usize| factors.get(*cell).copied().unwrap_or(1.0);
            let weights = base.iter().zip(&cell_of).map(|(weight, cell)| weight * factor(cell)).collect();
            return Ok(Raked { weights, iterations, misfit });
        }
    }
    Err(WeightError::NotConverged { iterations: ROUNDS, misfit })
}

pub(super) fn check_weights(weights: &[f64]) -> Result<(), WeightError> {
    match weights.iter().position(|weight| !(weight.is_finite() && *weight > 0.0)) {
        Some(row) => Err(WeightError::Weight { row, weight: weights.get(row).copied().unwrap_or(f64::NAN) }),
        None => Ok(()),
    }
}

fn collapse(base: &[f64], margins: &[Margin]) -> Result<(Vec<Cell>, Vec<usize>), WeightError> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut known: HashMap<u128, usize> = HashMap::new();
    let mut cell_of = Vec::with_capacity(base.len());
    for (row, weight) in base.iter().enumerate() {
        let mut key: u128 = 0;
        for (position, margin) in margins.iter().enumerate() {
            let category = margin.category.get(row).copied().unwrap_or(u32::MAX);
            if category as usize >= margin.totals.len() {
                return Err(WeightError::CategoryUnknown { row, margin: position });
            }
            key = key.wrapping_mul(margin.totals.len() as u128).wrapping_add(u128::from(category));
        }
        let cell = *known.entry(key).or_insert_with(|| {
            let categories =
                margins.iter().filter_map(|margin| margin.category.get(row)).map(|code| *code as usize).collect();
            cells.push(Cell { categories, base: 0.0, factor: 1.0 });
            cells.len() - 1
        });
        if let Some(cell) = cells.get_mut(cell) {
            cell.base += weight;
        }
        cell_of.push(cell);
    }
    Ok((cells, cell_of))
}

fn check_totals(cells: &[Cell], margins: &[Margin]) -> Result<(), WeightError> {
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

fn weighted(cells: &[Cell], margin: usize, categories: usize) -> Vec<f64> {
    let mut sums = vec![0.0; categories];
    for cell in cells {
        if let Some(slot) = cell.categories.get(margin).and_then(|category| sums.get_mut(*category)) {
            *slot += cell.base * cell.factor;
        }
    }
    sums
}

fn adjust(cells: &mut [Cell], margin: usize, totals: &[f64]) {
    let reached = weighted(cells, margin, totals.len());
    let ratios: Vec<f64> =
        totals.iter().zip(reached).map(|(total, reached)| if reached > 0.0 { total / reached } else { 1.0 }).collect();
    for cell in cells {
        if let Some(ratio) = cell.categories.get(margin).and_then(|category| ratios.get(*category)) {
            cell.factor *= ratio;
        }
    }
}

fn misfit_of(cells: &[Cell], margin: usize, totals: &[f64]) -> f64 {
    let reached = weighted(cells, margin, totals.len());
    totals
        .iter()
        .zip(reached)
        .filter(|(total, _)| **total > 0.0)
        .map(|(total, reached)| (reached / total - 1.0).abs())
        .fold(0.0, f64::max)
}
