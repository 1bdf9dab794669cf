//! Rows of the outbox: reminders and escalations, delivered at least once, each with an idempotency key.

use async_trait::async_trait;
use yanpan_kernel::{case::Case, id::Id, person::Account, problem::Problem};

/// A message to one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Id.
    pub id: Id<Notice>,
    /// Idempotency key: the same reminder is never told twice.
    pub key: String,
    /// To whom.
    pub account: Id<Account>,
    /// What it is about.
    pub case: Option<Id<Case>>,
    /// Subject line; holds no person's name.
    pub subject: String,
    /// Text.
    pub text: String,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// When it was read.
    pub read_at: Option<i64>,
}

/// Reading notices.
#[async_trait]
pub trait NoticeRows {
    /// Notices of an account, newest first; with `unread` only those not read yet.
    async fn notices(&self, account: Id<Account>, unread: bool, limit: u32) -> Result<Vec<Notice>, Problem>;
    /// How many notices of an account are not read yet.
    async fn unread_notices(&self, account: Id<Account>) -> Result<u32, Problem>;
    /// Which of these keys have been told.
    async fn told_notices(&self, keys: &[String]) -> Result<Vec<String>, Problem>;
}

/// Writing notices; bookkeeping, needs no entry.
#[async_trait]
pub trait NoticeWrites {
    /// Adds notices whose keys are new.
    async fn put_notices(&self, notices: &[Notice]) -> Result<(), Problem>;
    /// Marks one as read by its account, unless it was read before; false when the account has no such notice.
    async fn read_notice(&self, id: Id<Notice>, account: Id<Account>, at: i64) -> Result<bool, Problem>;
    /// Marks all of an account as read.
    async fn read_notices(&self, account: Id<Account>, at: i64) -> Result<(), Problem>;
}
