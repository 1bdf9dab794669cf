//! Marks of n pupils on k items, column by column, with absent, not reached, blank and zero kept apart.

use super::Error;
use rayon::prelude::*;

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// Points given, 0 included.
    Points(f64),
    /// Reached and left empty: no points, and said so.
    Blank,
    /// Not reached before time was up: no points in the total, unknown to a response model.
    NotReached,
    /// Not presented to this pupil (another booklet, a lost page): unknown everywhere.
    NotPresented,
    /// The pupil did not sit the paper: belongs to no figure.
    Absent,
}

/// Cell code of [`Mark::Blank`].
pub const BLANK: i32 = -1;
/// Cell code of [`Mark::NotReached`].
pub const NOT_REACHED: i32 = -2;
/// Cell code of [`Mark::NotPresented`].
pub const NOT_PRESENTED: i32 = -3;
/// Cell code of [`Mark::Absent`].
pub const ABSENT: i32 = -4;

/// Most decimal places a mark may carry.
pub const MAX_DECIMALS: u32 = 6;

/// n × k marks as scaled integers: a cell is points × 10^decimals, or one of the negative codes.
///
/// Integers make sums and cross-products exact, so that the figures do not depend on the order of adding.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScoreMatrix {
    /// Item names, k.
    pub names: Vec<String>,
    /// Full mark of each item in points, k.
    pub full: Vec<f64>,
    /// k columns of n cells.
    pub cells: Vec<Vec<i32>>,
    /// Decimal places kept, 0 to [`MAX_DECIMALS`].
    pub decimals: u32,
}

impl ScoreMatrix {
    /// From scaled cells; the full mark of an item is its largest mark unless `full` gives one.
    ///
    /// # Errors
    /// [`Error::Ragged`], or [`Error::AboveFull`] at the first mark above a given full mark.
    pub fn new(names: Vec<String>, cells: Vec<Vec<i32>>, decimals: u32, full: &[Option<f64>]) -> Result<Self, Error> {
        let expected = cells.first().map_or(0, Vec::len);
        let scale = scale(decimals);
        let mut maxima = Vec::with_capacity(cells.len());
        for (column, marks) in cells.iter().enumerate() {
            if marks.len() != expected {
                return Err(Error::Ragged { column, expected, found: marks.len() });
            }
            let largest = f64::from(marks.iter().copied().max().unwrap_or(0).max(0)) / scale;
            let limit = full.get(column).copied().flatten().unwrap_or(largest);
            if largest > limit {
                let over = |mark: &i32| f64::from(*mark) / scale > limit;
                let row = marks.iter().position(over).unwrap_or(0);
                let value = marks.get(row).map_or(largest, |mark| f64::from(*mark) / scale);
                return Err(Error::AboveFull { row, column, value, limit });
            }
            maxima.push(limit);
        }
        Ok(Self { names, full: maxima, cells, decimals })
    }

    /// From marks, for callers that hold them as an enum; row-major, every row of the length of `names`.
    ///
    /// # Errors
    /// As [`ScoreMatrix::new`], and [`Error::NotCategory`] for a negative, non-finite or too finely divided mark.
    pub fn from_marks(names: Vec<String>, rows: &[Vec<Mark>]) -> Result<Self, Error> {
        let points = |mark: &Mark| if let Mark::Points(value) = mark { Some(*value) } else { None };
        let exact = |value: f64, places: u32| (value * scale(places)).round() / scale(places) == value;
        let decimals = (0..MAX_DECIMALS)
            .find(|places| rows.iter().flatten().filter_map(points).all(|value| exact(value, *places)))
            .unwrap_or(MAX_DECIMALS);
        let mut cells = vec![Vec::with_capacity(rows.len()); names.len()];
        for (row, marks) in rows.iter().enumerate() {
            for (column, (mark, target)) in marks.iter().zip(&mut cells).enumerate() {
                let cell = cell(*mark, decimals);
                target.push(cell.ok_or(Error::NotCategory { row, column, value: points(mark).unwrap_or(0.0) })?);
            }
        }
        Self::new(names, cells, decimals, &[])
    }

    /// Number of pupils.
    #[must_use]
    pub fn pupils(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    /// Number of items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.cells.len()
    }

    /// Points per unit of a cell, 10^decimals.
    #[must_use]
    pub fn scale(&self) -> f64 {
        scale(self.decimals)
    }

    /// For each pupil: sat the paper and was shown every item.
    #[must_use]
    pub fn complete_rows(&self) -> Vec<bool> {
        let mut complete = vec![true; self.pupils()];
        let coded: Vec<&Vec<i32>> = self.cells.par_iter().filter(|column| any_code(column)).collect();
        for column in coded {
            for (flag, cell) in complete.iter_mut().zip(column) {
                *flag &= *cell > NOT_PRESENTED;
            }
        }
        complete
    }
}

/// Whether a column holds anything but points: one vectorised pass over the sign bits.
pub(super) fn any_code(column: &[i32]) -> bool {
    column.iter().fold(0, |signs, cell| signs | cell) < 0
}

/// 10^decimals.
#[must_use]
pub fn scale(decimals: u32) -> f64 {
    10_f64.powi(decimals.min(MAX_DECIMALS) as i32)
}

fn cell(mark: Mark, decimals: u32) -> Option<i32> {
    match mark {
        Mark::Points(value) => {
            let scaled = (value * scale(decimals)).round();
            (value >= 0.0 && scaled <= f64::from(i32::MAX)).then_some(scaled as i32)
        }
        Mark::Blank => Some(BLANK),
        Mark::NotReached => Some(NOT_REACHED),
        Mark::NotPresented => Some(NOT_PRESENTED),
        Mark::Absent => Some(ABSENT),
    }
}
