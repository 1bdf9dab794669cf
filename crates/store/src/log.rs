//! SQLite's log on the disk: a commit only writes it, and whoever waits is answered once it has been synced. So the disk works
//! on one group of acts while the next is written.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
};
use yanpan_kernel::problem::{Problem, STORE_UNAVAILABLE};

/// The log of one SQLite file.
pub(crate) struct Log {
    path: PathBuf,
    /// Opened when first synced: SQLite makes it with its first write, and keeps it while a connection is open.
    file: Option<File>,
    /// Pages that could not be written count as clean afterwards, so that a later sync would lie.
    failed: bool,
}

impl Log {
    /// The log beside a SQLite file.
    pub fn of(database: &Path) -> Self {
        let mut path = OsString::from(database);
        path.push("-wal");
        Self { path: path.into(), file: None, failed: false }
    }

    /// Waits until all that has been committed is on the disk.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`, from the first failure on for ever.
    pub async fn synced(&mut self) -> Result<(), Problem> {
        if !self.failed {
            let (path, file) = (self.path.clone(), self.file.take());
            let synced = tokio::task::spawn_blocking(move || sync(&path, file)).await;
            match synced.unwrap_or_else(|panic| Err(io::Error::other(panic))) {
                Ok(file) => {
                    self.file = Some(file);
                    return Ok(());
                }
                Err(error) => {
                    tracing::error!(%error, "the log did not reach the disk; nothing more is acknowledged until the next start");
                    self.failed = true;
                }
            }
        }
        Err(Problem::new(&STORE_UNAVAILABLE, &[]))
    }
}

fn sync(path: &Path, file: Option<File>) -> io::Result<File> {
    let file = match file {
        Some(file) => file,
        None => OpenOptions::new().write(true).open(path)?,
    };
    file.sync_data()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_log_that_cannot_be_synced_once_is_not_trusted_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = Log::of(&folder.path().join("a.db"));
        assert!(log.synced().await.unwrap_err().is(&STORE_UNAVAILABLE));
        std::fs::write(folder.path().join("a.db-wal"), b"there now").unwrap();
        assert!(log.synced().await.is_err());
        assert!(Log::of(&folder.path().join("a.db")).synced().await.is_ok());
    }
}
