//! The port to drafts of imports: parts of files kept apart from everything that has been decided.

use async_trait::async_trait;
use yanpan_kernel::problem::Problem;

/// Where drafts lie. A part is named `ID.ending`.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Stores a part, or replaces it.
    async fn put(&self, part: &str, bytes: Vec<u8>) -> Result<(), Problem>;
    /// Reads a part.
    async fn get(&self, part: &str) -> Result<Option<Vec<u8>>, Problem>;
    /// Names of all parts.
    async fn parts(&self) -> Result<Vec<String>, Problem>;
    /// Removes a part; one that is absent is no fault.
    async fn remove(&self, part: &str) -> Result<(), Problem>;
}
