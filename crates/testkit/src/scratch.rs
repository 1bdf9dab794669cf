//! Stores that vanish with the test.
#![expect(clippy::expect_used, reason = "a test that cannot be set up must fail loudly")]

use crate::postgres;
use std::{ops::Deref, path::PathBuf};
use tempfile::TempDir;
use yanpan_store::{Durability, Opened};

/// An empty store; used as the [`Opened`] that it holds.
#[derive(Debug)]
pub struct Scratch {
    store: Opened,
    folder: TempDir,
}

impl Deref for Scratch {
    type Target = Opened;
    fn deref(&self) -> &Opened {
        &self.store
    }
}

impl Scratch {
    /// A temporary folder of the test's own.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("yanpan-test-").tempdir().expect("a temporary folder")
}

/// An empty SQLite store in a temporary folder, file `yanpan.db`.
///
/// # Panics
/// When it cannot be made.
pub async fn sqlite() -> Scratch {
    let folder = folder();
    let opened = Opened::sqlite_with(&folder.path().join("yanpan.db"), Durability::Process).await;
    Scratch { store: opened.expect("an empty SQLite store"), folder }
}

/// An empty store in a schema of its own on the process's PostgreSQL server.
///
/// # Panics
/// When it cannot be made.
pub async fn postgres() -> Scratch {
    let url = tokio::task::spawn_blocking(postgres::shared).await.expect("a PostgreSQL server");
    let opened = Opened::postgres(url, &postgres::fresh_schema()).await;
    Scratch { store: opened.expect("an empty PostgreSQL store"), folder: folder() }
}
