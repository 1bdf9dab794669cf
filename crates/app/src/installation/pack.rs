//! A pack as its files stand now: what they would change, and what is wrong with them.

use crate::{App, Caller};
use serde::Serialize;
use yanpan_kernel::problem::{NOT_FOUND, Problem};
use yanpan_packs::{Change, diff, read};

/// A file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackFile {
    /// Path inside the folder.
    pub path: String,
    /// Bytes.
    pub bytes: usize,
}

/// A pack's files now beside the version that is running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackFiles {
    /// Version that is running.
    pub running: String,
    /// Version in the files.
    pub version: String,
    /// Files.
    pub files: Vec<PackFile>,
    /// What a restart with these files would change.
    pub changes: Vec<Change>,
}

/// A pack's files and what they change against the running version, for 平台管理员.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`, `FILE_UNREADABLE`.
pub async fn pack_files(app: &App, caller: &Caller, key: &str) -> Result<PackFiles, Problem> {
    let folder = folder(app, caller, key).await?;
    let running = app.packs.pack(key).ok_or_else(missing)?;
    let (now, _) = read::folder(&folder);
    let files = folder.iter().map(|(path, text)| PackFile { path: path.clone(), bytes: text.len() }).collect();
    let changes = if now.hash == running.hash { Vec::new() } else { diff(running, &now) };
    Ok(PackFiles { running: running.version.clone(), version: now.version, files, changes })
}

/// What is wrong with a pack's files now, for 平台管理员.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`, `FILE_UNREADABLE`.
pub async fn check_pack(app: &App, caller: &Caller, key: &str) -> Result<Vec<Problem>, Problem> {
    Ok(app.site.check(&folder(app, caller, key).await?))
}

async fn folder(app: &App, caller: &Caller, key: &str) -> Result<read::Folder, Problem> {
    caller.as_administrator()?;
    app.site.pack(key).await?.ok_or_else(missing)
}

fn missing() -> Problem {
    Problem::new(&NOT_FOUND, &[("what", &"这个业务包")])
}
