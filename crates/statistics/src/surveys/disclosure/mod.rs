//! Small cells hidden so that nobody can work them out from what is shown: two-way tables, hierarchies, successive tables.
//!
//! Rows form a tree (districts over schools), columns are categories with a total. Every count then stands in exactly two
//! published sums, with opposite signs, so that the counts are the flow of a network and a hidden count can differ from its
//! true value exactly when it lies on a cycle of hidden counts along which one unit can be sent round (Gusfield 1988,
//! SIAM J. Comput. 17:552). Such a cycle is a second table that agrees with everything published: the proof that the cell
//! cannot be recovered.

mod flow;
mod hierarchy;
mod network;
mod solver;
mod successive;

pub use hierarchy::Hierarchy;
pub use solver::{Exposure, Pattern, Rule, audit, suppress};
pub use successive::{Earlier, suppress_after};

use thiserror::Error;

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Shown.
    Shown,
    /// Hidden because it is small.
    Primary,
    /// Hidden because it would give a small one away.
    Complementary,
}

/// Why a table cannot be protected; positions count from 0, the total column comes last.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DisclosureError {
    /// Counts that do not fill rows × columns.
    #[error("{cells} counts for {rows} rows and {columns} columns")]
    Shape {
        /// Counts given.
        cells: usize,
        /// Rows.
        rows: usize,
        /// Columns, without the total.
        columns: usize,
    },
    /// Parents that do not exist, or go in a circle, or more than one row without a parent.
    #[error("row {row} has no way to a single root")]
    NotATree {
        /// Row, from 0.
        row: usize,
    },
    /// A minimum under 2: every positive count would be shown.
    #[error("minimum {minimum}")]
    Minimum {
        /// The minimum.
        minimum: u64,
    },
    /// A count larger than 10¹².
    #[error("row {row}, column {column}: count too large")]
    TooLarge {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
    },
    /// A small cell that no choice of further cells protects.
    #[error("row {row}, column {column} cannot be protected")]
    Unprotectable {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
    },
    /// A count that is smaller than in the earlier table of the same round.
    #[error("row {row}, column {column} shrank")]
    Shrank {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
    },
    /// Two tables of one round with different rows or columns.
    #[error("the tables differ in shape")]
    ShapesDiffer,
}

#[cfg(test)]
mod tests;
