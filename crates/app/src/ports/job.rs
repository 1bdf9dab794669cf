//! Rows of scheduled jobs, month-end counts and the installation's settings.

use async_trait::async_trait;
use jiff::civil::Date;
use yanpan_kernel::{id::Id, problem::Problem, unit::Unit};

/// A sealed count: how many cases of a unit were open at the end of a day, by the fields of the balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// End of this day.
    pub on: Date,
    /// Case kind.
    pub kind: String,
    /// Unit.
    pub unit: Id<Unit>,
    /// Values of the balance fields, in the definition's order.
    pub group: Vec<String>,
    /// Cases open.
    pub count: i64,
    /// The entry number at which it was counted.
    pub as_of: i64,
}

/// Reading jobs and settings.
#[async_trait]
pub trait JobRows {
    /// A setting.
    async fn setting(&self, key: &str) -> Result<Option<String>, Problem>;
    /// Settings whose keys begin with a word, by key.
    async fn settings(&self, word: &str) -> Result<Vec<(String, String)>, Problem>;
    /// Sealed counts of a kind at the end of a day.
    async fn balances(&self, kind: &str, on: Date) -> Result<Vec<Balance>, Problem>;
    /// Whether a kind was counted at the end of a day, and at which entry.
    async fn balance_as_of(&self, kind: &str, on: Date) -> Result<Option<i64>, Problem>;
}

/// Writing jobs and settings.
#[async_trait]
pub trait JobWrites {
    /// Puts a setting; bookkeeping.
    async fn put_setting(&self, key: &str, value: &str) -> Result<(), Problem>;
    /// Takes a job's lease until a time unless another holder has it; bookkeeping.
    async fn lease(&self, job: &str, holder: &str, now_ms: i64, until_ms: i64) -> Result<bool, Problem>;
    /// Seals counts of a kind at the end of a day.
    async fn put_balances(&self, kind: &str, on: Date, as_of: i64, balances: &[Balance]) -> Result<(), Problem>;
}
