//! What can be wrong with the data or the request; positions count from 0.

/// A refusal, always before any figure is given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// Fewer pupils than the method needs.
    #[error("{found} pupils, at least {needed} are needed")]
    TooFewPupils {
        /// Least number.
        needed: usize,
        /// Number with usable marks.
        found: usize,
    },
    /// Fewer items than the method needs.
    #[error("{found} items, at least {needed} are needed")]
    TooFewItems {
        /// Least number.
        needed: usize,
        /// Number of usable items.
        found: usize,
    },
    /// Columns of different lengths.
    #[error("column {column} has {found} marks, the first has {expected}")]
    Ragged {
        /// Column, from 0.
        column: usize,
        /// Rows of the first column.
        expected: usize,
        /// Rows of this column.
        found: usize,
    },
    /// A mark above the full mark of its item.
    #[error("row {row}, column {column}: {value} is above the full mark {limit}")]
    AboveFull {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// The mark.
        value: f64,
        /// Full mark.
        limit: f64,
    },
    /// A mark that is no number of categories of a response model.
    #[error("row {row}, column {column}: {value} is not a whole number of marks from 0 to 63")]
    NotCategory {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// The mark.
        value: f64,
    },
    /// A model for right/wrong items was asked for an item with more categories.
    #[error("column {column} has {categories} categories; {model} needs exactly two")]
    NotDichotomous {
        /// Column, from 0.
        column: usize,
        /// Categories found.
        categories: usize,
        /// Model asked for.
        model: &'static str,
    },
    /// A value that must be finite is not, or lies outside its range.
    #[error("{name} = {value}: {reason}")]
    Parameter {
        /// Name of the parameter.
        name: &'static str,
        /// Value given.
        value: f64,
        /// What is asked of it.
        reason: &'static str,
    },
    /// The computation met a singular or non-finite quantity.
    #[error("{0}")]
    Numeric(&'static str),
}
