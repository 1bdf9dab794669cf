//! The little that the engine needs of the store, so that it can be tried without one.

use async_trait::async_trait;
use std::sync::Arc;
use yanpan_app::ports::{Act, Fact, Reading, Store};
use yanpan_kernel::problem::Problem;

/// Where facts come from before they are in files.
#[async_trait]
pub trait FactSource: Send + Sync {
    /// A snapshot; what it shows does not move while it lives.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`.
    async fn snapshot(&self) -> Result<Box<dyn FactSnapshot>, Problem>;

    /// Moves a kind's watermark and drops the facts up to it, durable when it returns.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`.
    async fn move_watermark(&self, kind: &str, entry: i64) -> Result<(), Problem>;
}

/// Facts at one moment.
#[async_trait]
pub trait FactSnapshot: Send + Sync {
    /// The highest entry number.
    async fn last_entry(&self) -> Result<i64, Problem>;
    /// Entry number up to which facts of a kind are in files.
    async fn watermark(&self, kind: &str) -> Result<i64, Problem>;
    /// Facts of a kind after an entry number, ascending.
    async fn facts_after(&self, kind: &str, entry: i64) -> Result<Vec<Fact>, Problem>;
}

/// The store as a source of facts.
pub(crate) struct Stored(pub(crate) Arc<dyn Store>);

#[async_trait]
impl FactSource for Stored {
    async fn snapshot(&self) -> Result<Box<dyn FactSnapshot>, Problem> {
        Ok(Box::new(Snapshot(self.0.read().await?)))
    }

    async fn move_watermark(&self, kind: &str, entry: i64) -> Result<(), Problem> {
        let kind = kind.to_owned();
        let act: Act = Box::new(move |writing| Box::pin(async move { writing.move_watermark(&kind, entry).await }));
        self.0.write(act).await
    }
}

struct Snapshot(Box<dyn Reading>);

#[async_trait]
impl FactSnapshot for Snapshot {
    async fn last_entry(&self) -> Result<i64, Problem> {
        self.0.last_entry().await
    }

    async fn watermark(&self, kind: &str) -> Result<i64, Problem> {
        self.0.watermark(kind).await
    }

    async fn facts_after(&self, kind: &str, entry: i64) -> Result<Vec<Fact>, Problem> {
        self.0.facts_after(kind, entry).await
    }
}
