//! File bytes in `files/<hash>`: written beside, fsynced, renamed, and the folder fsynced.

use async_trait::async_trait;
use std::path::{Path, PathBuf};
use yanpan_app::ports::Files;
use yanpan_kernel::problem::{FILE_UNREADABLE, Problem};

/// A folder of files named by their hash.
#[derive(Debug, Clone)]
pub struct FolderFiles(PathBuf);

impl FolderFiles {
    /// Files below a data folder.
    #[must_use]
    pub fn below(data: &Path) -> Self {
        Self(data.join("files"))
    }

    fn path(&self, hash: &str) -> PathBuf {
        let clean: String = hash.chars().filter(char::is_ascii_hexdigit).collect();
        self.0.join(clean.get(..2).unwrap_or("00")).join(clean)
    }
}

pub(super) async fn blocking<T: Send + 'static>(
    path: PathBuf,
    work: impl FnOnce(&Path) -> std::io::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let shown = path.display().to_string();
    let failed = move |reason: String| Problem::new(&FILE_UNREADABLE, &[("file", &shown), ("reason", &reason)]);
    match tokio::task::spawn_blocking(move || work(&path)).await {
        Ok(done) => done.map_err(|error| failed(error.to_string())),
        Err(error) => Err(failed(error.to_string())),
    }
}

#[async_trait]
impl Files for FolderFiles {
    async fn put(&self, hash: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        blocking(self.path(hash), move |path| {
            if path.exists() {
                return Ok(());
            }
            let folder = path.parent().unwrap_or(path);
            std::fs::create_dir_all(folder)?;
            let beside = path.with_extension("part");
            std::fs::write(&beside, &bytes)?;
            std::fs::File::open(&beside)?.sync_all()?;
            std::fs::rename(&beside, path)?;
            std::fs::File::open(folder)?.sync_all()
        })
        .await
    }

    async fn get(&self, hash: &str) -> Result<Vec<u8>, Problem> {
        blocking(self.path(hash), |path| std::fs::read(path)).await
    }

    async fn remove(&self, hash: &str) -> Result<(), Problem> {
        blocking(self.path(hash), |path| match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }
}
