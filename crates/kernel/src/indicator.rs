//! Indicator 指标: a named measure with its source, unit, direction and the words it is printed with.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Whether it counts persons and nothing else, so that small cells are hidden.
    pub persons: bool,
    /// Its place among the first figures of a unit, where it has one.
    pub tile: Option<u32>,
    /// The cases that it counts, where a list can show them.
    pub rows: Option<Behind>,
}

/// The cases behind a number, as filters of their list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    /// Case kind.
    pub case: String,
    /// Whether the filters show cases as they are today, so that they stand for a period only until it has ended.
    pub present: bool,
    /// Filters by column; the values may name `$` and one of [`Behind::DATES`].
    pub filters: BTreeMap<String, String>,
}

impl Behind {
    /// Words that stand for dates of the period in filters.
    pub const DATES: [&str; 3] = ["first", "last", "before_last"];
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
