//! Rates of units: intervals, shrinkage, funnel limits, multiplicity and ranks.

mod beta_binomial;
mod counting;
mod funnel;
mod hyperposterior;
mod interval;
mod multiplicity;
mod ranking;
mod shrinkage;

pub use beta_binomial::{BetaBinomial, Moments};
pub use funnel::{Funnel, FunnelUnit};
pub use hyperposterior::Hyperposterior;
pub use interval::{Interval, newcombe, wilson};
pub use multiplicity::{Adjustment, adjust};
pub use ranking::{RankInterval, indistinguishable, rank_intervals};
pub use shrinkage::{Shrunk, shrink};

use thiserror::Error;

/// One unit's count: `x` favourable of `n` valid answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Favourable answers, at most `n`.
    pub x: u64,
    /// Valid answers.
    pub n: u64,
}

impl Count {
    /// A checked pair.
    ///
    /// # Errors
    /// [`RateError::MoreThanAnswered`] at `row` when `x > n`.
    pub fn new(row: usize, x: u64, n: u64) -> Result<Self, RateError> {
        if x > n { Err(RateError::MoreThanAnswered { row, x, n }) } else { Ok(Self { x, n }) }
    }

    /// x / n, or `None` where nobody answered: no answers are not a rate of nought.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.n > 0).then(|| as_f64(self.x) / as_f64(self.n))
    }
}

/// Why a rate cannot be worked out; rows count from 0.
#[derive(Debug, Error, PartialEq)]
pub enum RateError {
    /// More favourable answers than answers.
    #[error("row {row}: {x} favourable of {n} answers")]
    MoreThanAnswered {
        /// Row of the input, from 0.
        row: usize,
        /// Favourable answers.
        x: u64,
        /// Answers.
        n: u64,
    },
    /// Fewer units with answers than the method needs.
    #[error("{found} units with answers, {needed} needed")]
    TooFewUnits {
        /// Units with at least one answer.
        found: usize,
        /// Units that the method needs.
        needed: usize,
    },
    /// Every answer of every unit is the same, so nothing can be said about the spread between units.
    #[error("all answers are alike")]
    NoVariation,
}

/// Counts fit a float exactly below 2⁵³, far above any survey.
pub(crate) fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
