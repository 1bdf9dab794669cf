//! Rows of what units owe and what became of it.

use async_trait::async_trait;
use yanpan_kernel::{
    form::Answers,
    id::Id,
    problem::Problem,
    round::Standing,
    unit::{Scope, Unit},
};

/// What one unit owes in one period of a round, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Obligation {
    /// Id, also of its chain.
    pub id: Id<Obligation>,
    /// Key of the round's definition.
    pub round: String,
    /// Period key.
    pub period: String,
    /// The unit.
    pub unit: Id<Unit>,
    /// Due, in Unix milliseconds.
    pub due_at: i64,
    /// Where it stands.
    pub standing: Standing,
    /// Server receipt of the first acceptable submission, Unix milliseconds.
    pub received_at: Option<i64>,
    /// Whether that was after the due time.
    pub late: bool,
    /// Revision of the answers; 0 before the first.
    pub revision: i64,
    /// Answers of the last revision.
    pub answers: Answers,
}

/// Reading obligations.
#[async_trait]
pub trait RoundRows {
    /// Obligations of a round and period inside the scope.
    async fn obligations(&self, round: &str, period: &str, scope: &Scope) -> Result<Vec<Obligation>, Problem>;
    /// One obligation.
    async fn obligation(&self, round: &str, period: &str, unit: Id<Unit>) -> Result<Option<Obligation>, Problem>;
    /// Missing ones and returned ones due before a time.
    async fn owed_before(&self, unix_ms: i64, scope: &Scope) -> Result<Vec<Obligation>, Problem>;
    /// Keys of the periods for which units in the scope owe a round.
    async fn round_periods(&self, round: &str, scope: &Scope) -> Result<Vec<String>, Problem>;
}

/// Writing obligations.
#[async_trait]
pub trait RoundWrites {
    /// Adds obligations, or replaces those of the same id.
    async fn put_obligations(&self, obligations: &[Obligation]) -> Result<(), Problem>;
}
