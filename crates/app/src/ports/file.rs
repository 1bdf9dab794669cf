//! Files: bytes on disk under their hash, rows that say who may see them.

use async_trait::async_trait;
use yanpan_kernel::{case::Case, id::Id, problem::Problem};

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// SHA-256 of the original, hexadecimal.
    pub hash: String,
    /// SHA-256 of what is stored (a picture is re-encoded without metadata).
    pub stored: String,
    /// Media type by content.
    pub media: String,
    /// Name as uploaded.
    pub name: String,
    /// Bytes stored.
    pub size: i64,
    /// When, in Unix milliseconds.
    pub at: i64,
}

/// Reading file rows.
#[async_trait]
pub trait FileRows {
    /// A file by the hash of its original.
    async fn file(&self, hash: &str) -> Result<Option<File>, Problem>;
    /// Cases that a file belongs to.
    async fn file_cases(&self, hash: &str) -> Result<Vec<Id<Case>>, Problem>;
    /// Files of no case, stored before a time.
    async fn orphans(&self, before_ms: i64) -> Result<Vec<File>, Problem>;
}

/// Writing file rows.
#[async_trait]
pub trait FileWrites {
    /// Adds a file; bookkeeping until a case names it.
    async fn put_file(&self, file: &File) -> Result<(), Problem>;
    /// Says that a case has a file.
    async fn attach(&self, case: Id<Case>, hash: &str) -> Result<(), Problem>;
    /// Says that a case has a file no more.
    async fn detach(&self, case: Id<Case>, hash: &str) -> Result<(), Problem>;
    /// Forgets a file of no case; bookkeeping.
    async fn drop_file(&self, hash: &str) -> Result<(), Problem>;
}

/// The bytes.
#[async_trait]
pub trait Files: Send + Sync {
    /// Stores bytes durably under their hash.
    async fn put(&self, hash: &str, bytes: Vec<u8>) -> Result<(), Problem>;
    /// Reads bytes back.
    async fn get(&self, hash: &str) -> Result<Vec<u8>, Problem>;
    /// Removes bytes.
    async fn remove(&self, hash: &str) -> Result<(), Problem>;
}
