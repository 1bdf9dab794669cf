//! A source of facts in memory: one list of facts, watermarks, and a switch that breaks the writer.

use async_trait::async_trait;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use yanpan_analysis::{FactSnapshot, FactSource};
use yanpan_app::ports::Fact;
use yanpan_kernel::problem::{Problem, STORE_UNAVAILABLE};

/// The ledger.
#[derive(Default)]
pub struct Ledger {
    /// What it holds.
    pub state: Mutex<State>,
    /// Whether watermarks cannot be moved: the crash after the file is there.
    pub broken: AtomicBool,
    /// Snapshots taken so far.
    pub snapshots: AtomicUsize,
}

/// What it holds.
#[derive(Default, Clone)]
pub struct State {
    /// Facts that are not in files.
    pub facts: Arc<Vec<Fact>>,
    /// Watermarks by kind.
    pub watermarks: HashMap<String, i64>,
    last: i64,
}

impl Ledger {
    /// Adds a fact.
    pub fn put(&self, fact: Fact) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.last = state.last.max(fact.entry);
        Arc::make_mut(&mut state.facts).push(fact);
    }
}

#[async_trait]
impl FactSource for Ledger {
    async fn snapshot(&self) -> Result<Box<dyn FactSnapshot>, Problem> {
        self.snapshots.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()))
    }

    async fn move_watermark(&self, kind: &str, entry: i64) -> Result<(), Problem> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(Problem::new(&STORE_UNAVAILABLE, &[]));
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.watermarks.insert(kind.to_owned(), entry);
        Arc::make_mut(&mut state.facts).retain(|fact| fact.kind != kind || fact.entry > entry);
        Ok(())
    }
}

#[async_trait]
impl FactSnapshot for State {
    async fn last_entry(&self) -> Result<i64, Problem> {
        Ok(self.last)
    }

    async fn watermark(&self, kind: &str) -> Result<i64, Problem> {
        Ok(self.watermarks.get(kind).copied().unwrap_or_default())
    }

    async fn facts_after(&self, kind: &str, entry: i64) -> Result<Vec<Fact>, Problem> {
        Ok(self.facts.iter().filter(|fact| fact.kind == kind && fact.entry > entry).cloned().collect())
    }
}
