//! Rows of the chained entries and of the installation's seals.

use async_trait::async_trait;
use yanpan_kernel::{
    entry::{Chain, Entry, Hash, Head},
    id::Id,
    person::Account,
    problem::Problem,
    unit::Scope,
};

/// An entry with its payload; `payload` is `None` once retention has erased it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The entry.
    pub entry: Entry,
    /// Salt and JSON body, while they are kept.
    pub payload: Option<([u8; 16], String)>,
    /// Rule and date of the erasure.
    pub erased: Option<String>,
    /// What erasure left of the body: the same without the erased values.
    pub remainder: Option<String>,
}

impl Told {
    /// The body, or what erasure left of it.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.payload.as_ref().map(|(_, body)| body.as_str()).or(self.remainder.as_deref())
    }
}

/// A page of the audit trail, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryQuery {
    /// Only this kind of thing.
    pub kind: Option<String>,
    /// Only by this actor.
    pub actor: Option<Id<Account>>,
    /// Only this verb.
    pub verb: Option<String>,
    /// Only what was recorded from this time on and before that one, in Unix milliseconds.
    pub recorded: (Option<i64>, Option<i64>),
    /// Only entries before this number.
    pub before: Option<i64>,
    /// Rows wanted.
    pub limit: u32,
}

/// A seal over all entries up to a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealRow {
    /// Last entry that it covers.
    pub upto: i64,
    /// Hash over the seal before and the entries since.
    pub hash: Hash,
    /// When it was made, in Unix milliseconds.
    pub sealed_at: i64,
}

/// Reading entries.
#[async_trait]
pub trait EntryRows {
    /// The head of a chain; the default one for a chain that does not exist.
    async fn head(&self, chain: Id<Chain>) -> Result<Head, Problem>;
    /// The heads of chains, those that exist.
    async fn heads(&self, chains: &[Id<Chain>]) -> Result<Vec<(Id<Chain>, Head)>, Problem>;
    /// A chain from its first entry.
    async fn chain(&self, chain: Id<Chain>) -> Result<Vec<Told>, Problem>;
    /// Entries after a number, ascending, at most `limit`.
    async fn entries_after(&self, number: i64, limit: u32) -> Result<Vec<Told>, Problem>;
    /// Entries on units of the scope, newest first; those on no unit are for the whole installation only.
    async fn entry_page(&self, query: &EntryQuery, scope: &Scope) -> Result<Vec<Entry>, Problem>;
    /// The highest entry number; 0 in an empty store.
    async fn last_entry(&self) -> Result<i64, Problem>;
    /// The highest entry number recorded no later than a time.
    async fn last_entry_at(&self, unix_ms: i64) -> Result<i64, Problem>;
    /// All seals, ascending.
    async fn seals(&self) -> Result<Vec<SealRow>, Problem>;
}

/// Writing entries.
#[async_trait]
pub trait EntryWrites {
    /// Appends entries with their payloads and returns the number of the first; the others follow without gap.
    async fn append(&self, entries: &[(Entry, [u8; 16], String)]) -> Result<i64, Problem>;
    /// Adds a seal; bookkeeping, needs no entry.
    async fn put_seal(&self, seal: &SealRow) -> Result<(), Problem>;
    /// Erases the payload of an entry and its salt under a named rule; `remainder` is what may stay of the body.
    async fn erase(&self, number: i64, rule: &str, remainder: &str) -> Result<(), Problem>;
}
