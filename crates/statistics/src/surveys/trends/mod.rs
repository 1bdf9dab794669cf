//! Trends over a few periods: Mann–Kendall, Theil–Sen, least squares.

mod least_squares;
mod mann_kendall;
mod theil_sen;

pub use least_squares::{LeastSquares, least_squares};
pub use mann_kendall::{MannKendall, mann_kendall};
pub use theil_sen::{TheilSen, theil_sen};

use thiserror::Error;

/// Why no trend can be told.
#[derive(Debug, Error, PartialEq)]
pub enum TrendError {
    /// Fewer periods than the method needs.
    #[error("{found} periods, {needed} needed")]
    TooFew {
        /// Periods found.
        found: usize,
        /// Periods needed.
        needed: usize,
    },
    /// All periods are the same.
    #[error("all times are alike")]
    NoTime,
}

#[cfg(test)]
mod tests;
