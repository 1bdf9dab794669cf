//! Deciding: which rows hold, which was tried, and why.

use super::{DecisionTable, HitPolicy, Row, RuleSource, TableFault};
use crate::evaluate::Names;
use crate::value::Value;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// For when and where a decision is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstance<'a> {
    /// The business date: rows not in force on it are passed over.
    pub on: Date,
    /// Region code of the unit; rows for regions hold only when it is known.
    pub region: Option<&'a str>,
    /// Kind of the unit; rows for kinds hold only when it is known.
    pub kind: Option<&'a str>,
}

impl Circumstance<'_> {
    /// On this day, of a unit without region and kind.
    #[must_use]
    pub fn on(on: Date) -> Self {
        Self { on, region: None, kind: None }
    }

    fn admits(&self, row: &Row) -> bool {
        let anywhere = row.regions.is_empty();
        let kind = row.kinds.is_empty() || self.kind.is_some_and(|kind| row.kinds.iter().any(|known| known == kind));
        let under = |region: &str| row.regions.iter().any(|wide| region_contains(wide, region));
        row.in_force(self.on) && kind && (anywhere || self.region.is_some_and(under))
    }
}

/// Whether a region code lies under another: pairs of zeros at the end stand for everything below.
pub(super) fn region_contains(wide: &str, region: &str) -> bool {
    let mut stem = wide;
    while let Some(shorter) = stem.strip_suffix("00") {
        stem = shorter;
    }
    region.starts_with(stem)
}

/// A row that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its id.
    pub row: String,
    /// Its rule in words.
    pub text: String,
    /// Its outcomes.
    pub outcome: BTreeMap<String, Value>,
    /// First day on which this version of it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which this version of it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Where it comes from.
    pub source: RuleSource,
    /// Whether somebody has compared it with its source.
    pub verified: bool,
}

/// A row that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// Its id.
    pub row: String,
    /// Whether it held.
    pub holds: bool,
}

/// What a table decided; stored as it is, so that it stays explained when the table has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Key of the table.
    pub table: String,
    /// The day it was decided for.
    pub on: Date,
    /// The rows that hold: at most one under [`HitPolicy::First`].
    pub hits: Vec<Hit>,
    /// The rows in force that were looked at, in order.
    pub tried: Vec<Tried>,
}

impl Decision {
    /// The first row that holds.
    #[must_use]
    pub fn row(&self) -> Option<&str> {
        self.hits.first().map(|hit| hit.row.as_str())
    }

    /// An outcome of the first row that holds.
    #[must_use]
    pub fn outcome(&self, name: &str) -> Option<&Value> {
        self.hits.first().and_then(|hit| hit.outcome.get(name))
    }
}

impl DecisionTable {
    /// Decides over these names.
    ///
    /// # Errors
    /// The first fault met in a condition, with its row: a table that cannot be evaluated decides nothing.
    pub fn decide(&self, names: &dyn Names, circumstance: &Circumstance<'_>) -> Result<Decision, TableFault> {
        let mut decision =
            Decision { table: self.key.clone(), on: circumstance.on, hits: Vec::new(), tried: Vec::new() };
        for (index, row) in self.rows.iter().enumerate().filter(|(_, row)| circumstance.admits(row)) {
            let holds = holds(index, row, names)?;
            decision.tried.push(Tried { row: row.id.clone(), holds });
            if holds {
                decision.hits.push(Hit {
                    row: row.id.clone(),
                    text: row.text.clone(),
                    outcome: row.then.clone(),
                    valid_from: row.valid_from,
                    valid_to: row.valid_to,
                    source: row.source.clone(),
                    verified: row.verified,
                });
                if self.hit == HitPolicy::First {
                    break;
                }
            }
        }
        Ok(decision)
    }
}

fn holds(index: usize, row: &Row, names: &dyn Names) -> Result<bool, TableFault> {
    for (condition, expression) in row.when.iter().enumerate() {
        let holds = expression.holds(names);
        let placed = |fault| TableFault { row: Some(index), id: row.id.clone(), condition: Some(condition), fault };
        if !holds.map_err(placed)? {
            return Ok(false);
        }
    }
    Ok(true)
}
