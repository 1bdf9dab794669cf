//! How the installation stands: packs, entries, the last seal, backups, jobs.

use crate::{
    App, Caller,
    job::{Run, runs},
    ports::Backup,
};
use serde::Serialize;
use yanpan_kernel::problem::Problem;

/// A pack of the installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackStatus {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// Present version.
    pub version: String,
    /// Every version that is kept, the oldest first.
    pub versions: Vec<String>,
    /// Hash of the present version's files.
    pub hash: String,
}

/// The last seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// Last entry that it covers.
    pub upto: i64,
    /// When, in Unix milliseconds.
    pub at: i64,
}

/// How the installation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Version of the program.
    pub version: &'static str,
    /// Which database.
    pub database: &'static str,
    /// Packs.
    pub packs: Vec<PackStatus>,
    /// Number of the last entry.
    pub entries: i64,
    /// The last seal, if there is one.
    pub seal: Option<Sealed>,
    /// Backups in the data folder, newest first.
    pub backups: Vec<Backup>,
    /// Scheduled jobs and what became of them.
    pub jobs: Vec<Run>,
    /// Fewest persons that a cell shows.
    pub small_cells: i64,
}

/// How the installation stands, for 平台管理员.
///
/// # Errors
/// `FORBIDDEN`, `STORE_UNAVAILABLE`, `FILE_UNREADABLE`.
pub async fn status(app: &App, caller: &Caller) -> Result<Status, Problem> {
    caller.as_administrator()?;
    let reading = app.store.read().await?;
    let seal = reading.seals().await?.last().map(|seal| Sealed { upto: seal.upto, at: seal.sealed_at });
    let (entries, small_cells) = (reading.last_entry().await?, crate::report::least(reading.as_ref()).await?);
    let jobs = runs(reading.as_ref()).await?;
    drop(reading);
    let versions =
        |key: &str| app.packs.all().filter(|pack| pack.key == key).map(|pack| pack.version.clone()).collect();
    let packs = app.packs.present().map(|pack| PackStatus {
        key: pack.key.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        versions: versions(&pack.key),
        hash: pack.hash.clone(),
    });
    Ok(Status {
        version: env!("CARGO_PKG_VERSION"),
        database: app.store.database(),
        packs: packs.collect(),
        entries,
        seal,
        backups: app.site.backups().await?,
        jobs,
        small_cells,
    })
}
