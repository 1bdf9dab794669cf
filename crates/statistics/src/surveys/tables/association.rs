//! Pearson's χ², Cramér's V with interval, and the residuals of each cell.

use crate::surveys::distributions::{chi_squared_sf, noncentral_chi_squared_cdf};
use crate::surveys::rates::Interval;
use serde::Serialize;
use thiserror::Error;

/// What a table of counts says about its two variables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Association {
    /// Grand total.
    pub n: f64,
    /// Pearson's χ², without continuity correction.
    pub chi2: f64,
    /// (rows − 1)(columns − 1), empty rows and columns left out.
    pub df: f64,
    /// P(χ² ≥ chi2).
    pub p: f64,
    /// Cramér's V = √(χ² / (n · min(rows − 1, columns − 1))).
    pub cramers_v: f64,
    /// Lower limit: the noncentrality that leaves χ² exceeded with the upper tail, as V.
    pub v_lo: f64,
    /// Upper limit.
    pub v_hi: f64,
    /// V corrected for bias (Bergsma 2013, J. Korean Stat. Soc. 42:323).
    pub cramers_v_corrected: f64,
    /// Contingency coefficient √(χ² / (χ² + n)).
    pub contingency: f64,
    /// Share of cells whose expected count is under 5: above 0.2 the χ² law is doubtful.
    pub share_expected_under_5: f64,
    /// Smallest expected count.
    pub min_expected: f64,
}

/// One cell against independence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellFit {
    /// Count expected under independence.
    pub expected: f64,
    /// (observed − expected) / √expected.
    pub residual: f64,
    /// Residual divided by its standard error: beyond ±2 the cell stands out.
    pub adjusted: f64,
}

/// Why a table says nothing.
#[derive(Debug, Error, PartialEq)]
pub enum TableError {
    /// Rows of unequal length; row from 0.
    #[error("row {row} has {found} cells, {needed} needed")]
    Ragged {
        /// Row, from 0.
        row: usize,
        /// Its cells.
        found: usize,
        /// Cells of the first row.
        needed: usize,
    },
    /// A count that is negative or not a number.
    #[error("({row}, {column}) is {value}")]
    Count {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// The value.
        value: f64,
    },
    /// Fewer than two rows or columns with any count.
    #[error("{rows} rows and {columns} columns hold counts, 2 of each needed")]
    TooSmall {
        /// Rows with counts.
        rows: usize,
        /// Columns with counts.
        columns: usize,
    },
}

/// Tests and measures the association; `level` is that of V's interval. Also returns the fit of every cell, row by row.
///
/// The interval inverts the noncentral χ² law: λ = n · min(r − 1, c − 1) · V² (Smithson 2003). V itself is biased upward in
/// small samples and may then lie above its interval.
///
/// # Errors
/// [`TableError`].
pub fn associate(table: &[Vec<f64>], level: f64) -> Result<(Association, Vec<Vec<CellFit>>), TableError> {
    check(table)?;
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let width = table.first().map_or(0, Vec::len);
    let columns: Vec<f64> = (0..width).map(|column| table.iter().filter_map(|row| row.get(column)).sum()).collect();
    let (r, c) = (filled(&rows), filled(&columns));
    if r < 2 || c < 2 {
        return Err(TableError::TooSmall { rows: r, columns: c });
    }
    let n: f64 = rows.iter().sum();
    let fits: Vec<Vec<CellFit>> = table
        .iter()
        .zip(&rows)
        .map(|(cells, row)| cells.iter().zip(&columns).map(|(count, column)| fit(*count, (*row, *column), n)).collect())
        .collect();
    let present = || fits.iter().flatten().filter(|cell| cell.expected > 0.0);
    let chi2: f64 = present().map(|cell| cell.residual * cell.residual).sum();
    let df = (r - 1) as f64 * (c - 1) as f64;
    let least = (r.min(c) - 1) as f64;
    let v = |noncentrality: f64| (noncentrality / (n * least)).sqrt().min(1.0);
    let limits = noncentrality_limits(chi2, df, level);
    let under = present().filter(|cell| cell.expected < 5.0).count() as f64;
    let association = Association {
        n,
        chi2,
        df,
        p: chi_squared_sf(chi2, df),
        cramers_v: v(chi2),
        v_lo: v(limits.low),
        v_hi: v(limits.high),
        cramers_v_corrected: corrected(chi2 / n, (r as f64, c as f64), n),
        contingency: (chi2 / (chi2 + n)).sqrt(),
        share_expected_under_5: under / (r * c) as f64,
        min_expected: present().map(|cell| cell.expected).fold(f64::INFINITY, f64::min),
    };
    Ok((association, fits))
}

fn check(table: &[Vec<f64>]) -> Result<(), TableError> {
    let needed = table.first().map_or(0, Vec::len);
    for (row, cells) in table.iter().enumerate() {
        if cells.len() != needed {
            return Err(TableError::Ragged { row, found: cells.len(), needed });
        }
        if let Some((column, value)) =
            cells.iter().enumerate().find(|(_, value)| !(value.is_finite() && **value >= 0.0))
        {
            return Err(TableError::Count { row, column, value: *value });
        }
    }
    Ok(())
}

fn filled(sums: &[f64]) -> usize {
    sums.iter().filter(|sum| **sum > 0.0).count()
}

fn fit(count: f64, (row, column): (f64, f64), n: f64) -> CellFit {
    let expected = row * column / n;
    let residual = (count - expected) / expected.sqrt();
    CellFit { expected, residual, adjusted: residual / ((1.0 - row / n) * (1.0 - column / n)).sqrt() }
}

fn corrected(phi2: f64, (rows, columns): (f64, f64), n: f64) -> f64 {
    let reduced = (phi2 - (rows - 1.0) * (columns - 1.0) / (n - 1.0)).max(0.0);
    let shrink = |count: f64| count - (count - 1.0).powi(2) / (n - 1.0);
    (reduced / (shrink(rows).min(shrink(columns)) - 1.0)).sqrt()
}

/// Noncentralities under which `chi2` is the upper, and the lower, tail quantile.
fn noncentrality_limits(chi2: f64, df: f64, level: f64) -> Interval {
    let tail = 0.5 * (1.0 - level);
    let solve = |wanted: f64| {
        if noncentral_chi_squared_cdf(chi2, df, 0.0) <= wanted {
            return 0.0;
        }
        let mut high = chi2.max(1.0);
        while noncentral_chi_squared_cdf(chi2, df, high) > wanted {
            high *= 2.0;
        }
        let (mut low, mut high) = (0.0, high);
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if noncentral_chi_squared_cdf(chi2, df, middle) > wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    };
    Interval { low: solve(1.0 - tail), high: solve(tail) }
}
