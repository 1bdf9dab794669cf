//! Rows of import batches.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use yanpan_kernel::{case::Case, id::Id, person::Account, problem::Problem, unit::Unit};

/// State of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BatchState {
    /// In force.
    Committed,
    /// Undone.
    Undone,
}

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Id.
    pub id: Id<Batch>,
    /// What was imported: `units`, `people`, or a case key.
    pub kind: String,
    /// The unit on whose behalf.
    pub unit: Option<Id<Unit>>,
    /// Name of the file.
    pub name: String,
    /// SHA-256 of the file.
    pub hash: String,
    /// Who.
    pub actor: Id<Account>,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// State.
    pub state: BatchState,
    /// Rows created, updated and left as they were.
    pub counts: [u32; 3],
}

/// What a batch did to one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Batch.
    pub batch: Id<Batch>,
    /// Case.
    pub case: Id<Case>,
    /// Revision of the case before; 0 when the batch created it.
    pub before: i64,
    /// Revision after.
    pub after: i64,
}

/// A row of an earlier ledger, by its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRow {
    /// Identity key.
    pub key: String,
    /// The case that it became.
    pub case: Id<Case>,
    /// Hash of its values.
    pub values: String,
}

/// Reading imports.
#[async_trait]
pub trait ImportRows {
    /// Rows known by these identity keys.
    async fn known_rows(&self, kind: &str, keys: &[String]) -> Result<Vec<KnownRow>, Problem>;
    /// A batch.
    async fn batch(&self, id: Id<Batch>) -> Result<Option<Batch>, Problem>;
    /// Batches, newest first.
    async fn batches(&self, limit: u32) -> Result<Vec<Batch>, Problem>;
    /// What a batch did.
    async fn batch_rows(&self, id: Id<Batch>) -> Result<Vec<BatchRow>, Problem>;
    /// A remembered mapping of columns.
    async fn mapping(&self, key: &str) -> Result<Option<String>, Problem>;
}

/// Writing imports.
#[async_trait]
pub trait ImportWrites {
    /// Adds or replaces a batch.
    async fn put_batch(&self, batch: &Batch) -> Result<(), Problem>;
    /// Adds rows of a batch.
    async fn put_batch_rows(&self, rows: &[BatchRow]) -> Result<(), Problem>;
    /// Remembers rows by identity.
    async fn put_known_rows(&self, kind: &str, rows: &[KnownRow]) -> Result<(), Problem>;
    /// Forgets the rows of these cases, so that an undone batch can come again.
    async fn drop_known_rows(&self, kind: &str, cases: &[Id<Case>]) -> Result<(), Problem>;
    /// Remembers a mapping of columns; bookkeeping.
    async fn put_mapping(&self, key: &str, mapping: &str) -> Result<(), Problem>;
}
