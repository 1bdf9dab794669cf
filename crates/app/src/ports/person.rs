//! Rows of people, accounts and grants.

use async_trait::async_trait;
use yanpan_kernel::{
    id::Id,
    person::{Account, Grant, Person},
    problem::Problem,
};

/// An account and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub account: Account,
    /// Name of its person.
    pub name: String,
    /// Its grants, past and coming ones too.
    pub grants: Vec<Grant>,
}

/// Reading people.
#[async_trait]
pub trait PersonRows {
    /// An account by its sign-in name.
    async fn account_by_login(&self, login: &str) -> Result<Option<Account>, Problem>;
    /// An account.
    async fn account(&self, id: Id<Account>) -> Result<Option<Account>, Problem>;
    /// An account with the name of its person and its grants, past and coming ones too.
    async fn holder(&self, id: Id<Account>) -> Result<Option<Holder>, Problem>;
    /// All accounts with their persons, by sign-in name.
    async fn accounts(&self) -> Result<Vec<(Account, Person)>, Problem>;
    /// Names of the persons behind these accounts; those not known are absent.
    async fn account_names(&self, accounts: &[Id<Account>]) -> Result<Vec<(Id<Account>, String)>, Problem>;
    /// A person.
    async fn person(&self, id: Id<Person>) -> Result<Option<Person>, Problem>;
    /// Grants of an account, past and coming ones too.
    async fn grants(&self, account: Id<Account>) -> Result<Vec<Grant>, Problem>;
    /// All grants.
    async fn all_grants(&self) -> Result<Vec<Grant>, Problem>;
    /// A session's record and whose it is, unless it has expired.
    async fn session(&self, key: &str, now_ms: i64) -> Result<Option<(String, Holder)>, Problem>;
    /// Keys and records of the sessions of an account that have not expired.
    async fn sessions(&self, account: Id<Account>, now_ms: i64) -> Result<Vec<(String, String)>, Problem>;
}

/// Writing people.
#[async_trait]
pub trait PersonWrites {
    /// Adds persons, or replaces those of the same id.
    async fn put_persons(&self, persons: &[Person]) -> Result<(), Problem>;
    /// Adds accounts, or replaces those of the same id.
    async fn put_accounts(&self, accounts: &[Account]) -> Result<(), Problem>;
    /// Adds grants, or replaces those of the same id.
    async fn put_grants(&self, grants: &[Grant]) -> Result<(), Problem>;
    /// Counts wrong passwords; bookkeeping, needs no entry.
    async fn put_failures(&self, account: Id<Account>, failures: u32, locked_until: Option<i64>)
    -> Result<(), Problem>;
    /// Stores a session's record; bookkeeping, needs no entry.
    async fn put_session(&self, key: &str, account: Id<Account>, record: &str, expires_ms: i64) -> Result<(), Problem>;
    /// Forgets a session; bookkeeping, needs no entry.
    async fn drop_session(&self, key: &str) -> Result<(), Problem>;
    /// Forgets sessions that expired before; bookkeeping, needs no entry.
    async fn drop_sessions_before(&self, now_ms: i64) -> Result<(), Problem>;
}
