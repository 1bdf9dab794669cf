//! Use cases and their ports. Each use case reads as a sentence: find → may I → do → what happened.

pub mod balance;
mod caller;
pub mod case;
pub mod catalogue;
pub mod entry;
pub mod export;
pub mod file;
pub mod import;
pub mod indicator;
pub mod installation;
pub mod job;
pub mod period;
pub mod person;
pub mod ports;
pub mod record;
pub mod report;
pub mod retention;
pub mod round;
pub mod scenario;
pub mod search;
pub mod unit;
pub mod workbench;

pub use caller::Caller;

use futures::future::BoxFuture;
use ports::{Analysis, Documents, Drafts, Environment, Files, Reading, Sheets, Site, Store, Vault, Writing};
use std::sync::{Arc, Mutex, RwLock};
use yanpan_kernel::{
    calendar::Calendar,
    problem::{INTERNAL, Problem},
    unit::Tree,
};
use yanpan_packs::Shelf;

/// What an installation is put together from.
pub struct Parts {
    /// Store.
    pub store: Arc<dyn Store>,
    /// File bytes.
    pub files: Arc<dyn Files>,
    /// Workbooks.
    pub sheets: Arc<dyn Sheets>,
    /// Drafts of imports.
    pub drafts: Arc<dyn Drafts>,
    /// Identity numbers.
    pub vault: Arc<dyn Vault>,
    /// Documents.
    pub documents: Arc<dyn Documents>,
    /// Analysis engine.
    pub analysis: Arc<dyn Analysis>,
    /// The data folder beside the database.
    pub site: Arc<dyn Site>,
    /// Time, randomness, zone.
    pub environment: Environment,
    /// Packs.
    pub packs: Arc<Shelf>,
    /// School calendar.
    pub calendar: Arc<Calendar>,
}

/// The running installation: its [`Parts`], the tree of today, and indicators that were asked before.
pub struct App {
    parts: Parts,
    cached_tree: RwLock<Option<(i64, Arc<Tree>)>>,
    pub(crate) memory: indicator::Memory,
    /// Drafts whose files are being read or have been.
    pub(crate) desk: import::Desk,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl App {
    /// An app over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            parts,
            cached_tree: RwLock::default(),
            memory: indicator::Memory::default(),
            desk: import::Desk::default(),
        }
    }

    /// The tree of today, read again only when units have changed or the day has.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`.
    pub async fn tree(&self, reading: &dyn Reading) -> Result<Arc<Tree>, Problem> {
        let (version, today) = (reading.tree_version().await?, self.environment.today());
        let cached = self.cached_tree.read().ok().and_then(|cached| cached.clone());
        if let Some((_, tree)) = cached.filter(|(known, tree)| *known == version && tree.date() == today) {
            return Ok(tree);
        }
        let tree = Arc::new(Tree::on(today, &reading.unit_versions().await?, &reading.jurisdictions().await?));
        if let Ok(mut cached) = self.cached_tree.write() {
            *cached = Some((version, tree.clone()));
        }
        Ok(tree)
    }
}

/// Runs one act in the writer and hands its value out once it is durable.
///
/// # Errors
/// The act's own problem, or `STORE_UNAVAILABLE`.
pub async fn write<T, F>(app: &App, act: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: for<'a> FnOnce(&'a dyn Writing) -> BoxFuture<'a, Result<T, Problem>> + Send + 'static,
{
    let slot = Arc::new(Mutex::new(None));
    let result = slot.clone();
    app.store
        .write(Box::new(move |writing| {
            Box::pin(async move {
                let value = act(writing).await?;
                if let Ok(mut slot) = slot.lock() {
                    *slot = Some(value);
                }
                Ok(())
            })
        }))
        .await?;
    let value = result.lock().ok().and_then(|mut slot| slot.take());
    value.ok_or_else(|| Problem::new(&INTERNAL, &[("reference", &"write")]))
}
