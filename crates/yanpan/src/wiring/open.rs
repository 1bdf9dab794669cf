//! Opening an installation: the data folder's lock, keys, store, packs and engines put together.

use super::{DataFolder, FolderDrafts, FolderFiles, KeyVault, PaperPress, Workbooks, shelf};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use yanpan_analysis::{Engine, FactSchema, Limits};
use yanpan_app::{
    App,
    ports::{Environment, Store},
    round::fact_fields,
};
use yanpan_kernel::{
    calendar::{CHINA, Calendar},
    problem::{DATA_MISSING, FILE_UNREADABLE, IN_USE, Problem},
};
use yanpan_packs::Shelf;
use yanpan_store::{Durability, Opened};

/// Schema of the tables in a PostgreSQL database.
const SCHEMA: &str = "yanpan";

/// An open installation; clones share it.
#[derive(Clone)]
pub struct Installation {
    /// Use cases and ports.
    pub app: Arc<App>,
    /// Data folder.
    pub data: PathBuf,
    /// Held while it is open for writing.
    _lock: Option<Arc<File>>,
}

impl std::fmt::Debug for Installation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installation").field("data", &self.data).finish_non_exhaustive()
    }
}

/// How an installation is opened.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// PostgreSQL; the embedded SQLite when absent.
    pub database_url: Option<String>,
    /// Whether the folder may be made.
    pub create: bool,
    /// Whether the lock is taken.
    pub exclusive: bool,
    /// Whether a power cut may lose the last writes: for making a demo, never for real data.
    pub relaxed: bool,
}

/// Opens an installation.
///
/// # Errors
/// `DATA_MISSING`, `IN_USE`, problems of the packs, `STORE_UNAVAILABLE`.
pub async fn open(data: &Path, opening: &Opening, environment: Environment) -> Result<Installation, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    if !opening.create && !data.join("key").exists() {
        return Err(one(Problem::new(&DATA_MISSING, &[("dir", &data.display())])));
    }
    std::fs::create_dir_all(data).map_err(|error| one(unreadable(data, &error)))?;
    let lock = if opening.exclusive { Some(Arc::new(lock(data).map_err(one)?)) } else { None };
    let key = installation_key(data, &environment).map_err(one)?;
    let packs = Arc::new(shelf(data)?);
    let (calendar, problems) = Calendar::read("calendar-cn.json", CHINA);
    if !problems.is_empty() {
        return Err(problems);
    }
    let url = opening.database_url.clone().or_else(|| std::fs::read_to_string(data.join("database-url")).ok());
    let store: Arc<dyn Store> = match &url {
        Some(url) => Arc::new(Opened::postgres(url.trim(), SCHEMA).await.map_err(one)?),
        None => {
            let durability = if opening.relaxed { Durability::Process } else { Durability::Full };
            Arc::new(Opened::sqlite_with(&data.join("yanpan.sqlite"), durability).await.map_err(one)?)
        }
    };
    if let (Some(url), true) = (&opening.database_url, opening.create) {
        std::fs::write(data.join("database-url"), url).map_err(|error| one(unreadable(data, &error)))?;
    }
    let schemas = schemas(&packs);
    let analysis = Engine::new(store.clone(), data.join("facts"), &schemas, Limits::default()).map_err(one)?;
    let app = App::new(yanpan_app::Parts {
        store,
        files: Arc::new(FolderFiles::below(data)),
        sheets: Arc::new(Workbooks),
        drafts: Arc::new(FolderDrafts::below(data)),
        vault: Arc::new(KeyVault::new(&key)),
        documents: Arc::new(PaperPress::new(key, data)),
        analysis: Arc::new(analysis),
        site: Arc::new(DataFolder::at(data)),
        environment,
        packs,
        calendar: Arc::new(calendar),
    });
    Ok(Installation { app: Arc::new(app), data: data.to_owned(), _lock: lock })
}

/// The fact tables of every case and round of the packs.
#[must_use]
pub fn schemas(packs: &Shelf) -> Vec<FactSchema> {
    let cases = packs.cases().filter_map(|(pack, definition)| {
        let form = pack.forms.get(&definition.form)?;
        let fields = form.fields.iter().filter(|field| !field.is_personal()).cloned().collect();
        Some(FactSchema { kind: definition.key.clone(), fields })
    });
    let rounds = packs.rounds().map(|(_, round)| FactSchema { kind: round.key.clone(), fields: fact_fields() });
    cases.chain(rounds).collect()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", error)])
}

/// Takes the folder's lock; the kernel frees it when the process ends, however it ends.
fn lock(data: &Path) -> Result<File, Problem> {
    let path = data.join("lock");
    let open = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
    let mut file = open.map_err(|error| unreadable(&path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            return Err(Problem::new(&IN_USE, &[("holder", &holder.trim())]));
        }
        Err(TryLockError::Error(error)) => return Err(unreadable(&path, &error)),
    }
    let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
    written.map_err(|error| unreadable(&path, &error))?;
    Ok(file)
}

/// The installation's key for signing documents, made once and readable by its owner alone.
fn installation_key(data: &Path, environment: &Environment) -> Result<Vec<u8>, Problem> {
    use std::os::unix::fs::OpenOptionsExt;
    let path = data.join("key");
    if let Ok(key) = std::fs::read(&path) {
        return Ok(key);
    }
    let key: [u8; 32] = environment.random();
    let made = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path);
    let written = made.and_then(|mut file| file.write_all(&key).and_then(|()| file.sync_all()));
    written.map_err(|error| unreadable(&path, &error))?;
    Ok(key.to_vec())
}
