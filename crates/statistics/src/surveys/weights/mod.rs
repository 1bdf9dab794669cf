//! Weights that make a sample speak for its population: raking, post-stratification, trimming and their standard errors.

mod design;
mod raking;
mod trimming;

pub use design::{Design, Estimate, kish_effect};
pub use raking::{Margin, Raked, rake};
pub use trimming::trim;

use thiserror::Error;

/// Why weights cannot be made; rows count from 0.
#[derive(Debug, Error, PartialEq)]
pub enum WeightError {
    /// A column has another length than the weights.
    #[error("{found} values for {needed} rows")]
    Length {
        /// Values given.
        found: usize,
        /// Rows of the sample.
        needed: usize,
    },
    /// A weight that is zero, negative or not a number.
    #[error("row {row}: weight {weight}")]
    Weight {
        /// Row, from 0.
        row: usize,
        /// The weight.
        weight: f64,
    },
    /// A row's category has no total in the margin.
    #[error("row {row}: category not in margin {margin}")]
    CategoryUnknown {
        /// Row, from 0.
        row: usize,
        /// Margin, from 0.
        margin: usize,
    },
    /// A total that the sample cannot reach: people in the population, none in the sample, or the reverse.
    #[error("margin {margin}, category {category}: total {total} cannot be reached")]
    Unreachable {
        /// Margin, from 0.
        margin: usize,
        /// Category, from 0.
        category: usize,
        /// Wanted total.
        total: f64,
    },
    /// Margins that add up to different populations.
    #[error("margin {margin} adds up to {found}, the first to {first}")]
    TotalsDiffer {
        /// Margin, from 0.
        margin: usize,
        /// Its sum.
        found: f64,
        /// Sum of the first margin.
        first: f64,
    },
    /// The margins contradict each other on this sample.
    #[error("not converged after {iterations} iterations, largest misfit {misfit:e}")]
    NotConverged {
        /// Rounds made.
        iterations: usize,
        /// Largest relative misfit left.
        misfit: f64,
    },
    /// Bounds between which the weights cannot keep their sum.
    #[error("weights between {low} and {high} cannot keep their sum")]
    Bounds {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// A stratum with a single sampled unit has no variance.
    #[error("stratum {stratum} has one unit")]
    LonelyUnit {
        /// Stratum, from 0.
        stratum: usize,
    },
}

#[cfg(test)]
mod tests;
