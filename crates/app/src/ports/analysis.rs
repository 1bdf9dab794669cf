//! The port to the analysis engine: one SELECT of a pack, over views already cut to a scope.

use async_trait::async_trait;
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    id::Id,
    problem::Problem,
    unit::{Scope, Tree, Unit},
};

/// A question to the facts.
#[derive(Debug, Clone)]
pub struct Question {
    /// Key of the indicator or listing, for messages.
    pub key: String,
    /// The SELECT.
    pub sql: String,
    /// Dates that stand for `$name` in it.
    pub dates: BTreeMap<String, Date>,
    /// Entry number up to which facts are known.
    pub as_of: i64,
    /// Units whose facts may be seen.
    pub scope: Scope,
    /// The tree that names the units.
    pub tree: Arc<Tree>,
}

/// A cell of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing known; never zero.
    Missing,
    /// Text.
    Text(String),
    /// Whole number.
    Integer(i64),
    /// Exact decimal: value and places.
    Decimal(i128, u32),
    /// Date.
    Date(Date),
}

/// Rows of an answer with the names of their columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Column names.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One leaf row of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The unit.
    pub unit: Id<Unit>,
    /// Numerator.
    pub numerator: i64,
    /// Denominator, for rates.
    pub denominator: Option<i64>,
    /// Values of the dimensions, in the definition's order.
    pub dimensions: Vec<String>,
}

/// The engine.
#[async_trait]
pub trait Analysis: Send + Sync {
    /// Answers a question.
    ///
    /// # Errors
    /// `INDICATOR_FAILED` when the SQL is not one plain SELECT over registered views, or takes too long or too much.
    async fn ask(&self, question: &Question) -> Result<Rows, Problem>;

    /// Moves facts from the store into files.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`, `FILE_UNREADABLE`.
    async fn compact(&self) -> Result<(), Problem>;

    /// Removes all fact files, for rebuilding.
    ///
    /// # Errors
    /// `FILE_UNREADABLE`.
    async fn clear(&self) -> Result<(), Problem>;
}
