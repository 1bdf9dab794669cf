//! What lies in the data folder beside the database: packs as their files stand now, and backups.

use super::Store;
use async_trait::async_trait;
use serde::Serialize;
use yanpan_kernel::problem::Problem;
use yanpan_packs::read::Folder;

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// Name of its folder.
    pub name: String,
    /// When it was made, in Unix milliseconds.
    pub at: i64,
    /// Bytes of all its files.
    pub bytes: u64,
}

/// The data folder.
#[async_trait]
pub trait Site: Send + Sync {
    /// The files of the newest folder of a pack as they stand now, shipped ones included; `None` for an unknown pack.
    ///
    /// # Errors
    /// `FILE_UNREADABLE`.
    async fn pack(&self, key: &str) -> Result<Option<Folder>, Problem>;

    /// What is wrong with these files of a pack, templates included.
    fn check(&self, files: &Folder) -> Vec<Problem>;

    /// Backups that lie here, newest first.
    ///
    /// # Errors
    /// `FILE_UNREADABLE`.
    async fn backups(&self) -> Result<Vec<Backup>, Problem>;

    /// Makes a backup of everything under a name.
    ///
    /// # Errors
    /// `DUPLICATE`, `FILE_UNREADABLE`, `STORE_UNAVAILABLE`.
    async fn back_up(&self, store: &dyn Store, name: &str) -> Result<Backup, Problem>;
}
