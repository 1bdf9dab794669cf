//! What retention has gone through: which cases, under how many days, up to which of their entries.

use super::CaseRow;
use async_trait::async_trait;
use jiff::civil::Date;
use yanpan_kernel::{case::Case, id::Id, problem::Problem};

/// Cases of a kind that ended by a day and that retention has not gone through since their last entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// Case kind.
    pub kind: String,
    /// Days of the rule.
    pub days: u32,
    /// Ended on this day or before.
    pub ended_by: Date,
}

/// Reading retention.
#[async_trait]
pub trait RetentionRows {
    /// Such cases, the longest ended first, at most `limit`.
    async fn to_erase(&self, overdue: &Overdue, limit: u32) -> Result<Vec<CaseRow>, Problem>;
    /// How many there are.
    async fn count_to_erase(&self, overdue: &Overdue) -> Result<u32, Problem>;
}

/// Writing retention; bookkeeping beside the erasures themselves.
#[async_trait]
pub trait RetentionWrites {
    /// Says that a case was gone through up to its entry `entry` under a rule of `days`.
    async fn put_erasure(&self, case: Id<Case>, days: u32, entry: i64) -> Result<(), Problem>;
}
