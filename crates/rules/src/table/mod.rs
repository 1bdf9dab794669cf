//! Decision tables: rows of conditions with named outcomes, a source and dates, that say which row decided and why.

mod cell;
mod check;
mod decide;

pub use cell::cell;
pub use check::TableFault;
pub use decide::{Circumstance, Decision, Hit, Tried};

use crate::evaluate::Names;
use crate::explain::Explanation;
use crate::expression::Expression;
use crate::value::Value;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happens when several rows hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitPolicy {
    /// The first row that holds decides.
    First,
    /// Every row that holds is a hit.
    Collect,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSource {
    /// Document, with its number.
    pub document: String,
    /// Clause in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
}

/// A row: a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Names the rule; versions of one rule share it and differ in their dates.
    pub id: String,
    /// The rule in words, as people are shown it.
    pub text: String,
    /// Conditions that must all hold; none: the row always holds. Cells of columns become conditions by [`cell`].
    pub when: Vec<Expression>,
    /// Named outcomes.
    pub then: BTreeMap<String, Value>,
    /// Where it comes from.
    pub source: RuleSource,
    /// ● read in its source, or ○ from general knowledge.
    pub verified: bool,
    /// First day on which it holds; always, when absent.
    pub valid_from: Option<Date>,
    /// Last day on which it holds, included.
    pub valid_to: Option<Date>,
    /// Region codes (GB/T 2260) under which it holds, `510000` for all of a province; everywhere, when empty.
    pub regions: Vec<String>,
    /// Kinds of unit for which it holds; all, when empty.
    pub kinds: Vec<String>,
}

impl Row {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= on) && self.valid_to.is_none_or(|last| on <= last)
    }

    /// Each of its conditions with what it came to, for «why not this rule».
    #[must_use]
    pub fn explain(&self, names: &dyn Names) -> Vec<Explanation> {
        self.when.iter().map(|condition| condition.explain(names)).collect()
    }
}

/// A decision table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionTable {
    /// Names the table; stored with each decision.
    pub key: String,
    /// What happens when several rows hold.
    pub hit: HitPolicy,
    /// Its rows, in the order in which they are tried.
    pub rows: Vec<Row>,
}

impl DecisionTable {
    /// The dotted names that its conditions read.
    #[must_use]
    pub fn names_used(&self) -> BTreeSet<String> {
        self.rows.iter().flat_map(|row| &row.when).flat_map(Expression::names_used).collect()
    }
}

#[cfg(test)]
mod tests;
