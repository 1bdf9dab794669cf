//! The data folder beside the database: packs as their files stand now, and backups.

use super::{check_papers, shipped};
use async_trait::async_trait;
use std::{
    io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use yanpan_app::ports::{Backup, Site, Store};
use yanpan_kernel::problem::{DUPLICATE, FILE_UNREADABLE, Problem};
use yanpan_packs::read::{self, Folder};

/// What lies beside the database and belongs to a backup.
const BESIDE: [&str; 5] = ["key", "files", "facts", "packs", "fonts"];

/// A data folder.
#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The data folder at a path.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Writes a backup of database, files and keys into an empty folder.
    ///
    /// # Errors
    /// `DUPLICATE` when there is something in it, `FILE_UNREADABLE`, `STORE_UNAVAILABLE`.
    pub async fn back_up_to(&self, store: &dyn Store, to: &Path) -> Result<(), Problem> {
        let empty = std::fs::read_dir(to).map(|mut entries| entries.next().is_none()).unwrap_or(true);
        if !empty {
            return Err(Problem::new(&DUPLICATE, &[("what", &"目录"), ("value", &to.display())]));
        }
        std::fs::create_dir_all(to).map_err(|error| unreadable(to, &error))?;
        store.backup(to).await?;
        let (from, to) = (self.0.clone(), to.to_owned());
        blocking(move || copy_beside(&from, &to)).await
    }

    fn backups_folder(&self) -> PathBuf {
        self.0.join("backups")
    }
}

#[async_trait]
impl Site for DataFolder {
    async fn pack(&self, key: &str) -> Result<Option<Folder>, Problem> {
        let (packs, key) = (self.0.join("packs"), key.to_owned());
        blocking(move || {
            // The same order as on the shelf: of each key the last folder is the present one.
            let named = |files: &Folder| read::folder(files).0.key == key;
            let mut found = shipped().into_iter().map(|(_, files)| files).rfind(&named);
            for folder in folders(&packs)? {
                found = Some(read::directory(&folder)?).filter(named).or(found);
            }
            Ok(found)
        })
        .await
    }

    fn check(&self, files: &Folder) -> Vec<Problem> {
        let (pack, mut problems) = read::folder(files);
        problems.extend(check_papers(&pack));
        problems
    }

    async fn backups(&self) -> Result<Vec<Backup>, Problem> {
        let folder = self.backups_folder();
        blocking(move || {
            let mut backups: Vec<Backup> =
                folders(&folder)?.iter().map(|path| measured(path)).collect::<Result<_, _>>()?;
            backups.sort_by(|one, other| other.name.cmp(&one.name));
            Ok(backups)
        })
        .await
    }

    async fn back_up(&self, store: &dyn Store, name: &str) -> Result<Backup, Problem> {
        let (folder, to) = (self.backups_folder(), self.backups_folder().join(name));
        // Under another name until it is whole, so that half a backup is never taken for one.
        let beside = folder.join(format!(".{name}"));
        if to.exists() {
            return Err(Problem::new(&DUPLICATE, &[("what", &"备份"), ("value", &name)]));
        }
        self.back_up_to(store, &beside).await?;
        std::fs::rename(&beside, &to).map_err(|error| unreadable(&to, &error))?;
        blocking(move || measured(&to)).await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(Problem::new(&FILE_UNREADABLE, &[("file", &""), ("reason", &error)])),
    }
}

/// Folders below a folder by name, hidden ones left out; none where there is no such folder.
fn folders(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = match std::fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(path, &error))?,
    };
    let visible = |path: &PathBuf| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'));
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && visible(path)).collect();
    found.sort();
    Ok(found)
}

fn measured(path: &Path) -> Result<Backup, Problem> {
    let failed = |error: io::Error| unreadable(path, &error);
    let made = path.metadata().and_then(|about| about.modified()).map_err(failed)?;
    let at = made.duration_since(UNIX_EPOCH).map(|since| since.as_millis()).unwrap_or_default();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Backup { name, at: i64::try_from(at).unwrap_or_default(), bytes: size(path).map_err(failed)? })
}

fn size(path: &Path) -> io::Result<u64> {
    let about = path.symlink_metadata()?;
    if !about.is_dir() {
        return Ok(about.len());
    }
    std::fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum()
}

/// Copies what lies beside the database: key, files, facts, packs and fonts.
///
/// # Errors
/// `FILE_UNREADABLE`.
pub fn copy_beside(from: &Path, to: &Path) -> Result<(), Problem> {
    for name in BESIDE {
        let source = from.join(name);
        if source.exists() {
            copy(&source, &to.join(name)).map_err(|error| unreadable(&source, &error))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return std::fs::copy(from, to).map(|_| ());
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", error)])
}
