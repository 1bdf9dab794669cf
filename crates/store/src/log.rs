//! SQLite's log on the disk: a commit only writes it, and whoever waits is answered once it has been synced. So the disk works
//! on one group of acts while the next is written.

use crate::fault::internal;
use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};
use yanpan_kernel::problem::{Problem, STORE_UNAVAILABLE};

/// The log of one SQLite file.
#[derive(Clone)]
pub(crate) struct Log(Arc<Inner>);

struct Inner {
    path: PathBuf,
    /// Opened when first synced: SQLite makes it with its first write, and keeps it while a connection is open.
    file: OnceLock<File>,
    /// Set by the first failure. Pages that could not be written count as clean afterwards, so that a later sync would lie.
    failed: OnceLock<Problem>,
}

impl Log {
    /// The log beside a SQLite file.
    pub fn of(database: &Path) -> Self {
        let mut path = OsString::from(database);
        path.push("-wal");
        Self(Arc::new(Inner { path: path.into(), file: OnceLock::new(), failed: OnceLock::new() }))
    }

    /// Waits until all that has been committed is on the disk.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`, from the first failure on for ever.
    pub async fn synced(&self) -> Result<(), Problem> {
        let log = self.0.clone();
        let synced = tokio::task::spawn_blocking(move || log.sync());
        synced.await.unwrap_or_else(|_| Err(internal("the sync of the log panicked")))
    }
}

impl Inner {
    fn sync(&self) -> Result<(), Problem> {
        if let Some(problem) = self.failed.get() {
            return Err(problem.clone());
        }
        self.file().and_then(File::sync_data).map_err(|error| {
            tracing::error!(%error, "the log did not reach the disk; nothing more is acknowledged until the next start");
            self.failed.get_or_init(|| Problem::new(&STORE_UNAVAILABLE, &[])).clone()
        })
    }

    fn file(&self) -> io::Result<&File> {
        if self.file.get().is_none() {
            // Another thread may have been faster; then this one is closed again.
            let _ = self.file.set(OpenOptions::new().read(true).write(true).open(&self.path)?);
        }
        self.file.get().ok_or_else(|| io::Error::other("the log was not opened"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_log_that_cannot_be_synced_once_is_not_trusted_again() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::of(&folder.path().join("a.db"));
        assert!(log.synced().await.unwrap_err().is(&STORE_UNAVAILABLE));
        std::fs::write(folder.path().join("a.db-wal"), b"there now").unwrap();
        assert!(log.synced().await.is_err());
        assert!(Log::of(&folder.path().join("a.db")).synced().await.is_ok());
    }
}
