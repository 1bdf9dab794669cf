//! Answers of many people to a few items.

use thiserror::Error;

/// Rows of answers, row after row; a missing answer is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Responses {
    items: usize,
    /// NaN where missing: half the memory of an option, never let out as a number.
    cells: Vec<f64>,
}

/// Why a scale cannot be worked out; positions count from 0.
#[derive(Debug, Error, PartialEq)]
pub enum ScaleError {
    /// Cells that do not fill whole rows, or no items.
    #[error("{cells} cells for {items} items")]
    Shape {
        /// Cells given.
        cells: usize,
        /// Items.
        items: usize,
    },
    /// Fewer than two items.
    #[error("{items} items, 2 needed")]
    TooFewItems {
        /// Items.
        items: usize,
    },
    /// Fewer than two usable rows.
    #[error("{rows} usable rows, 2 needed")]
    TooFewRows {
        /// Rows.
        rows: usize,
    },
    /// An item to which everybody answered the same.
    #[error("item {item} is constant")]
    ConstantItem {
        /// Item, from 0.
        item: usize,
    },
    /// Items of which one follows from the others, so that no distance can be measured.
    #[error("the items' covariance is singular")]
    Singular,
}

impl Responses {
    /// `cells` row after row, `items` to a row; an infinite or NaN number counts as missing.
    ///
    /// # Errors
    /// [`ScaleError::Shape`].
    pub fn new(items: usize, cells: impl IntoIterator<Item = Option<f64>>) -> Result<Self, ScaleError> {
        let cells: Vec<f64> =
            cells.into_iter().map(|cell| cell.filter(|cell| cell.is_finite()).unwrap_or(f64::NAN)).collect();
        if items == 0 || !cells.len().is_multiple_of(items) {
            return Err(ScaleError::Shape { cells: cells.len(), items });
        }
        Ok(Self { items, cells })
    }

    /// Number of items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.len() / self.items
    }

    /// The rows that `keep` names, in order.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(usize) -> bool) -> Self {
        let kept = self.cells.chunks_exact(self.items).enumerate().filter(|(row, _)| keep(*row));
        Self { items: self.items, cells: kept.flat_map(|(_, cells)| cells.iter().copied()).collect() }
    }

    /// Raw cells, NaN where missing.
    pub(super) fn raw(&self) -> &[f64] {
        &self.cells
    }
}
