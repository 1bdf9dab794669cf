//! The analytic hierarchy process: weights from pairwise judgements, and how far they contradict themselves.

use nalgebra::DMatrix;
use serde::Serialize;
use thiserror::Error;

/// Saaty's random index for 1 to 15 criteria (1980; beyond 10 as extended there).
pub const RANDOM_INDEX: [f64; 15] =
    [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
/// How far a(i,j)·a(j,i) may lie from 1: people write 0.33 for a third and 0.14 for a seventh.
const RECIPROCAL: f64 = 0.05;

/// What a matrix of judgements says. Source: Saaty 1980; Crawford & Williams 1985; Aguarón & Moreno-Jiménez 2003 (GCI).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ahp {
    /// Number of criteria.
    pub n: usize,
    /// Largest eigenvalue; n when the judgements agree.
    pub lambda_max: f64,
    /// (λ − n) / (n − 1); 0 for one criterion.
    #[serde(rename = "CI")]
    pub consistency_index: f64,
    /// Saaty's random index; `None` beyond 15 criteria.
    #[serde(rename = "RI")]
    pub random_index: Option<f64>,
    /// CI / RI; 0 for one or two criteria, `None` beyond 15. Above 0.1 the judgements want another look.
    #[serde(rename = "CR")]
    pub consistency_ratio: Option<f64>,
    /// Right principal eigenvector, sum 1.
    pub weights_eigen: Vec<f64>,
    /// Geometric means of the rows, normalised.
    pub weights_geomean: Vec<f64>,
    /// Means of the normalised columns.
    pub weights_colmean: Vec<f64>,
    /// Geometric consistency index; `None` under three criteria.
    pub gci: Option<f64>,
}

/// A judgement that disagrees with the weights; positions count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Inconsistency {
    /// Row of the judgement, above the diagonal.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// What was judged.
    pub judged: f64,
    /// What the weights imply, w(row) / w(column).
    pub implied: f64,
}

/// Why a matrix is none of judgements; positions count from 0.
#[derive(Debug, Error, PartialEq)]
pub enum AhpError {
    /// Not square, or empty.
    #[error("{rows} rows and {columns} columns")]
    NotSquare {
        /// Rows.
        rows: usize,
        /// Columns of the first row of another length, or of all.
        columns: usize,
    },
    /// A judgement that is zero, negative or not a number.
    #[error("({row}, {column}) is {value}")]
    NotPositive {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// The judgement.
        value: f64,
    },
    /// A judgement and its mirror image that do not multiply to 1; on the diagonal: not 1.
    #[error("({row}, {column}) is {value}, its mirror image {mirror}")]
    NotReciprocal {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// The judgement.
        value: f64,
        /// The mirror image.
        mirror: f64,
    },
}

impl Ahp {
    /// Weights and consistency of a square matrix, `judgements[i][j]` = how many times i outweighs j.
    ///
    /// # Errors
    /// [`AhpError`] at the first cell that is wrong.
    pub fn of(judgements: &[Vec<f64>]) -> Result<Self, AhpError> {
        let matrix = checked(judgements)?;
        let n = matrix.nrows();
        let count = n as f64;
        let (weights, lambda_max) = principal(&matrix);
        let consistency_index = if n > 1 { (lambda_max - count) / (count - 1.0) } else { 0.0 };
        let random_index = RANDOM_INDEX.get(n - 1).copied();
        let ratio = |index: f64| if index > 0.0 { consistency_index / index } else { 0.0 };
        let geometric: Vec<f64> =
            matrix.row_iter().map(|row| (row.iter().map(|value| value.ln()).sum::<f64>() / count).exp()).collect();
        let columns: Vec<f64> = matrix.column_iter().map(|column| column.sum()).collect();
        let means =
            matrix.row_iter().map(|row| row.iter().zip(&columns).map(|(value, sum)| value / sum).sum::<f64>() / count);
        let weights_geomean = normalise(geometric);
        Ok(Self {
            n,
            lambda_max,
            consistency_index,
            random_index,
            consistency_ratio: random_index.map(ratio),
            weights_eigen: weights,
            weights_colmean: means.collect(),
            gci: geometric_index(judgements, &weights_geomean),
            weights_geomean,
        })
    }

    /// The judgements that disagree most with the weights, the worst first: where to look again when CR exceeds 0.1.
    #[must_use]
    pub fn inconsistencies(&self, judgements: &[Vec<f64>], count: usize) -> Vec<Inconsistency> {
        let mut found = Vec::new();
        for (row, (values, weight)) in judgements.iter().zip(&self.weights_eigen).enumerate() {
            for (column, (judged, other)) in values.iter().zip(&self.weights_eigen).enumerate().skip(row + 1) {
                found.push(Inconsistency { row, column, judged: *judged, implied: weight / other });
            }
        }
        let size = |cell: &Inconsistency| (cell.judged / cell.implied).ln().abs();
        found.sort_by(|a, b| size(b).total_cmp(&size(a)));
        found.truncate(count);
        found
    }
}

fn checked(judgements: &[Vec<f64>]) -> Result<DMatrix<f64>, AhpError> {
    let rows = judgements.len();
    if let Some(columns) = judgements.iter().map(Vec::len).find(|columns| *columns != rows || rows == 0) {
        return Err(AhpError::NotSquare { rows, columns });
    }
    if rows == 0 {
        return Err(AhpError::NotSquare { rows, columns: 0 });
    }
    for (row, values) in judgements.iter().enumerate() {
        if let Some(column) = values.iter().position(|value| !(value.is_finite() && *value > 0.0)) {
            let value = values.get(column).copied().unwrap_or(f64::NAN);
            return Err(AhpError::NotPositive { row, column, value });
        }
    }
    for (row, values) in judgements.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let mirror = judgements.get(column).and_then(|values| values.get(row)).copied().unwrap_or(f64::NAN);
            if (value * mirror - 1.0).abs() > RECIPROCAL {
                return Err(AhpError::NotReciprocal { row, column, value: *value, mirror });
            }
        }
    }
    Ok(DMatrix::from_row_iterator(rows, rows, judgements.iter().flatten().copied()))
}

/// Power iteration: a positive matrix has one positive eigenvector, and everything else fades.
fn principal(matrix: &DMatrix<f64>) -> (Vec<f64>, f64) {
    let n = matrix.nrows();
    let mut weights = nalgebra::DVector::from_element(n, 1.0 / n as f64);
    let mut lambda = 0.0;
    for _ in 0..100_000 {
        let next = matrix * &weights;
        lambda = next.sum();
        let next = next / lambda;
        let moved = (&next - &weights).amax();
        weights = next;
        if moved < 1e-16 {
            break;
        }
    }
    (weights.iter().copied().collect(), lambda)
}

fn normalise(values: Vec<f64>) -> Vec<f64> {
    let total: f64 = values.iter().sum();
    values.into_iter().map(|value| value / total).collect()
}

fn geometric_index(judgements: &[Vec<f64>], weights: &[f64]) -> Option<f64> {
    let n = weights.len() as f64;
    let mut sum = 0.0;
    for (row, (values, weight)) in judgements.iter().zip(weights).enumerate() {
        for (judged, other) in values.iter().zip(weights).skip(row + 1) {
            sum += (judged * other / weight).ln().powi(2);
        }
    }
    (n > 2.0).then(|| 2.0 * sum / ((n - 1.0) * (n - 2.0)))
}
