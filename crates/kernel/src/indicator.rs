//! Indicator 指标: a named measure with its source, unit, direction and the words it is printed with.

use serde::{Deserialize, Serialize};

/// A named measure as a pack defines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// One SELECT that returns `unit_id, numerator[, denominator][, dimensions…]` at leaf level, over registered views;
    /// `$first`, `$last`, `$previous_last` stand for the period's dates.
    pub sql: String,
    /// Columns of the SELECT by which it may be broken down.
    pub dimensions: Vec<String>,
    /// How its rows add up.
    pub measure: Measure,
    /// Unit as printed: 处, 个, %.
    pub unit: String,
    /// Which way is good.
    pub direction: Direction,
}

/// How leaf rows become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// The sum of numerators.
    Sum,
    /// The largest numerator.
    Most,
    /// The sum of numerators over the sum of denominators.
    Rate,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    Neutral,
}

/// A list that documents print and figures lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// One SELECT over registered views; its first column is the stable row key and is not printed.
    pub sql: String,
    /// Printed headings in the order of the SELECT's other columns.
    pub columns: Vec<String>,
}
