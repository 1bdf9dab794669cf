//! Signs of answers given without reading: straight lines, patterns, no spread, unlikely combinations.

use super::covariance::Covariance;
use super::responses::{Responses, ScaleError};
use nalgebra::DMatrix;
use rayon::prelude::*;

/// Longest period looked for in a row of answers.
const PERIODS: usize = 5;

/// One person's row. Signs are flags to look at, never grounds to delete.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarelessRow {
    /// Items answered.
    pub answered: usize,
    /// Longest run of equal neighbouring answers (Johnson 2005); a missing answer breaks it.
    pub longstring: usize,
    /// Standard deviation (n − 1) within the row (Dunn et al. 2018); `None` under two answers.
    pub irv: Option<f64>,
    /// Squared Mahalanobis distance from the mean; `None` where an answer is missing or it cannot be measured.
    pub mahalanobis: Option<f64>,
    /// Whether all answers (at least three) are the same.
    pub straight_line: bool,
    /// Shortest period p of 2 to 5 with which the answers repeat throughout (zigzag: 2), straight lines apart.
    pub pattern: Option<usize>,
}

/// Looks at every row; `covariance` is that of the same items and gives the Mahalanobis distances. Order as the input,
/// the same whatever the number of threads.
///
/// # Errors
/// [`ScaleError::Singular`] when the covariance has no inverse; pass `None` to go without distances.
pub fn careless(responses: &Responses, covariance: Option<&Covariance>) -> Result<Vec<CarelessRow>, ScaleError> {
    let measure = covariance.map(Measure::of).transpose()?;
    let rows = responses.raw().par_chunks(responses.items()).with_min_len(1024);
    Ok(rows.map_init(Vec::new, |scratch, row| look(row, measure.as_ref(), scratch)).collect())
}

/// Means and the inverse of the Cholesky factor, row after row.
struct Measure {
    means: Vec<f64>,
    rows: Vec<Vec<f64>>,
}

impl Measure {
    fn of(covariance: &Covariance) -> Result<Self, ScaleError> {
        let k = covariance.matrix.nrows();
        let factor = covariance.matrix.clone().cholesky().ok_or(ScaleError::Singular)?.l();
        let pivots = factor.diagonal();
        if pivots.min() <= 1e-7 * pivots.max() {
            return Err(ScaleError::Singular);
        }
        let inverse = factor.solve_lower_triangular(&DMatrix::identity(k, k)).ok_or(ScaleError::Singular)?;
        let rows = (0..k).map(|row| inverse.row(row).iter().take(row + 1).copied().collect()).collect();
        Ok(Self { means: covariance.means.clone(), rows })
    }

    fn distance(&self, row: &[f64], centred: &mut Vec<f64>) -> f64 {
        centred.clear();
        centred.extend(row.iter().zip(&self.means).map(|(value, mean)| value - mean));
        let part = |line: &Vec<f64>| line.iter().zip(centred.iter()).map(|(a, b)| a * b).sum::<f64>();
        self.rows.iter().map(part).map(|part| part * part).sum()
    }
}

fn look(row: &[f64], measure: Option<&Measure>, scratch: &mut Vec<f64>) -> CarelessRow {
    let (mut answered, mut sum, mut squares) = (0, 0.0, 0.0);
    let (mut run, mut longstring) = (0, 0);
    let mut last = f64::NAN;
    let origin = row.iter().copied().find(|value| !value.is_nan()).unwrap_or(0.0);
    for value in row {
        if !value.is_nan() {
            let centred = value - origin;
            answered += 1;
            sum += centred;
            squares += centred * centred;
            run = if *value == last { run + 1 } else { 1 };
            longstring = longstring.max(run);
        }
        last = *value;
    }
    let count = answered as f64;
    let whole = answered == row.len();
    let straight_line = answered >= 3 && squares == 0.0;
    CarelessRow {
        answered,
        longstring,
        irv: (answered >= 2).then(|| ((squares - sum * sum / count).max(0.0) / (count - 1.0)).sqrt()),
        mahalanobis: measure.filter(|_| whole).map(|measure| measure.distance(row, scratch)),
        straight_line,
        pattern: if straight_line || !whole { None } else { period(row) },
    }
}

/// The shortest period that at least three repetitions confirm.
fn period(row: &[f64]) -> Option<usize> {
    (2..=PERIODS.min(row.len() / 3)).find(|period| row.iter().zip(row.iter().skip(*period)).all(|(a, b)| a == b))
}
