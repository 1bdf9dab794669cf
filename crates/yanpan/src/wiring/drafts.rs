//! Drafts of imports in `drafts/`: written beside and renamed, so that a part is whole or absent.

use async_trait::async_trait;
use std::path::{Path, PathBuf};
use yanpan_app::ports::Drafts;
use yanpan_kernel::problem::Problem;

use super::files::blocking;

/// A folder of draft parts.
#[derive(Debug, Clone)]
pub struct FolderDrafts(PathBuf);

impl FolderDrafts {
    /// Drafts below a data folder.
    #[must_use]
    pub fn below(data: &Path) -> Self {
        Self(data.join("drafts"))
    }

    fn path(&self, part: &str) -> PathBuf {
        let clean: String = part.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
        self.0.join(clean.trim_start_matches('.'))
    }
}

#[async_trait]
impl Drafts for FolderDrafts {
    async fn put(&self, part: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        blocking(self.path(part), move |path| {
            std::fs::create_dir_all(path.parent().unwrap_or(path))?;
            let beside = path.with_extension("part");
            std::fs::write(&beside, &bytes)?;
            std::fs::rename(&beside, path)
        })
        .await
    }

    async fn get(&self, part: &str) -> Result<Option<Vec<u8>>, Problem> {
        blocking(self.path(part), |path| match std::fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn parts(&self) -> Result<Vec<String>, Problem> {
        blocking(self.0.clone(), |folder| {
            if !folder.exists() {
                return Ok(Vec::new());
            }
            let names = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
            names.collect()
        })
        .await
    }

    async fn remove(&self, part: &str) -> Result<(), Problem> {
        blocking(self.path(part), |path| match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }
}
