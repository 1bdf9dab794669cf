//! What a document asks of the caller: indicators and listings.

use crate::figure::{Cell, Exact, Format, Parameters};
use serde::{Deserialize, Serialize};
use yanpan_kernel::problem::Problem;

/// Answers the questions of a template at one fixed `as_of`. Synchronous: the caller prepares what it needs beforehand or blocks.
///
/// The unit, the period and the scope are fixed by whoever made the source; parameters only narrow
/// ([`SHIFT`](crate::figure::SHIFT) moves the period). An unknown key is a
/// [`FIGURE_UNKNOWN`](yanpan_kernel::problem::FIGURE_UNKNOWN), an unknown parameter an
/// [`ARGUMENT_INVALID`](yanpan_kernel::problem::ARGUMENT_INVALID); the template places them at file, line and column.
pub trait Source {
    /// The value of one indicator.
    ///
    /// # Errors
    /// An unknown key or parameter, or a query that failed.
    fn measure(&self, key: &str, parameters: &Parameters) -> Result<Exact, Problem>;

    /// The rows of one listing, in the order they are to be printed.
    ///
    /// # Errors
    /// An unknown key or parameter, or a query that failed.
    fn list(&self, key: &str, parameters: &Parameters) -> Result<Listing, Problem>;
}

/// One column of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Stable key, for example `due`.
    pub key: String,
    /// Heading as printed, for example 整改时限.
    pub title: String,
    /// How its cells are printed.
    pub format: Format,
}

/// One row of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Stable key, unique in the listing: by it a cell is found again when the document is verified.
    pub key: String,
    /// One value per column.
    pub cells: Vec<Exact>,
}

/// A table of typed values.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Listing {
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, top to bottom.
    pub rows: Vec<Row>,
}

impl Listing {
    /// The value at a row and column, if both are still there.
    #[must_use]
    pub fn cell(&self, cell: &Cell) -> Option<&Exact> {
        let row = self.rows.iter().find(|row| row.key == cell.row)?;
        row.cells.get(self.position(&cell.column)?)
    }

    /// The position of a column, from 0.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.key == column)
    }
}
