//! The engine: the port `Analysis` on facts and DataFusion.

use crate::{
    facts::{Budget, Chunk, ENTRIES, FactSchema, FactView, Folder, Kind, Sight, Table, UNITS},
    failure::{Failure, unreadable},
    limits::Limits,
    plan::{relations, select},
    run::{Lane, Session, View},
    source::{FactSource, Stored},
    units,
};
use async_trait::async_trait;
use datafusion::{datasource::MemTable, error::DataFusionError};
use std::{collections::BTreeMap, io, path::PathBuf, sync::Arc};
use tokio::sync::{Mutex, Semaphore};
use yanpan_app::ports::{Analysis, Question, Rows, Store};
use yanpan_kernel::problem::Problem;

/// The analysis engine of an installation.
pub struct Engine {
    source: Arc<dyn FactSource>,
    folder: PathBuf,
    kinds: BTreeMap<String, Arc<Kind>>,
    session: Arc<Session>,
    lane: Lane,
    limits: Limits,
    turns: Semaphore,
    filing: Mutex<()>,
}

impl Engine {
    /// An engine over the store's facts of these kinds; `folder` is where their files are, made when first needed.
    ///
    /// # Errors
    /// `INDICATOR_FAILED` when a kind cannot name a view or two of its columns have one name.
    pub fn new(
        store: Arc<dyn Store>,
        folder: PathBuf,
        schemas: &[FactSchema],
        limits: Limits,
    ) -> Result<Self, Problem> {
        Self::over(Arc::new(Stored(store)), folder, schemas, limits)
    }

    /// The same over any source of facts.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn over(
        source: Arc<dyn FactSource>,
        folder: PathBuf,
        schemas: &[FactSchema],
        limits: Limits,
    ) -> Result<Self, Problem> {
        let budget = Budget::new(limits.cache);
        let mut kinds = BTreeMap::new();
        for schema in schemas {
            let kind = Kind::new(schema, &folder, budget.clone()).map_err(|failure| failure.problem(&schema.kind))?;
            kinds.insert(schema.kind.clone(), Arc::new(kind));
        }
        let started = Lane::new(limits.concurrent);
        let lane = started.map_err(|error| Failure::Refused(format!("无法启动计算线程：{error}")).problem("*"))?;
        let session = Arc::new(Session::new(limits));
        let turns = Semaphore::new(limits.concurrent.max(1));
        Ok(Self { source, folder, kinds, session, lane, limits, turns, filing: Mutex::new(()) })
    }

    async fn answer(&self, question: &Question) -> Result<Rows, Failure> {
        let (sql, dates) = (question.sql.clone(), question.dates.clone());
        let read = async move {
            let query = select(&sql, &dates)?;
            let names = relations(&query)?;
            Ok((query, names))
        };
        let (query, names) = self.lane.run(read).await?;
        // The semaphore is never closed; without a permit the question would only share the machine with one more.
        let _turn = self.turns.acquire().await.ok();
        let views = match self.views(question, &names).await {
            // A compaction may have removed files between the snapshot and their opening; a new snapshot knows better.
            Err(Failure::Gap(_)) => self.views(question, &names).await?,
            views => views?,
        };
        let session = Arc::clone(&self.session);
        let answer = self.lane.run(async move { session.answer(query, views).await });
        match tokio::time::timeout(self.limits.time, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(Failure::Slow(self.limits.time.as_secs())),
        }
    }

    /// The views that the question names; a name that is none is left to the planner to refuse.
    async fn views(&self, question: &Question, names: &[String]) -> Result<Vec<View>, Failure> {
        let mut views: Vec<View> = Vec::new();
        let scope = Arc::new(question.scope.clone());
        let kinds: Vec<&Arc<Kind>> = self.kinds.values().filter(|kind| kind.shape.named(names)).collect();
        for (kind, chunks) in kinds.iter().zip(self.chunks(&kinds, question.as_of).await?) {
            for (ending, latest) in [("", true), (ENTRIES, false)] {
                let sight = Sight { as_of: question.as_of, scope: scope.clone(), latest };
                let view = FactView { columns: kind.shape.columns.clone(), chunks: chunks.clone(), sight };
                views.push((format!("{}{ending}", kind.shape.kind), Arc::new(view)));
            }
        }
        if names.iter().any(|name| name == UNITS) {
            let batch = units::batch(&question.tree, &question.scope).map_err(DataFusionError::from)?;
            views.push((UNITS.to_owned(), Arc::new(MemTable::try_new(batch.schema(), vec![vec![batch]])?)));
        }
        Ok(views)
    }

    /// The facts of these kinds, known at least up to an entry, new ones from one snapshot. What is known already is not
    /// read again: the questions of one report cost one reading.
    async fn chunks(&self, kinds: &[&Arc<Kind>], as_of: i64) -> Result<Vec<Vec<Chunk>>, Failure> {
        let mut known = Vec::with_capacity(kinds.len());
        for kind in kinds {
            known.push((kind, kind.table.lock().await));
        }
        if known.iter().any(|(_, table)| table.as_ref().is_none_or(|table| table.upto < as_of)) {
            let snapshot = self.source.snapshot().await?;
            for (kind, table) in &mut known {
                kind.refresh(table, snapshot.as_ref()).await?;
            }
        }
        Ok(known.iter().map(|(_, table)| table.as_ref().map(Table::chunks).unwrap_or_default()).collect())
    }

    /// Folders of all kinds that ever had files, also of kinds that no pack defines any more.
    fn folders(&self) -> io::Result<Vec<Folder>> {
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        Ok(paths.into_iter().filter(|path| path.is_dir()).map(|path| Folder { path }).collect())
    }
}

#[async_trait]
impl Analysis for Engine {
    async fn ask(&self, question: &Question) -> Result<Rows, Problem> {
        self.answer(question).await.map_err(|failure| failure.problem(&question.key))
    }

    async fn compact(&self) -> Result<(), Problem> {
        let _alone = self.filing.lock().await;
        for (name, kind) in &self.kinds {
            let moved = kind.compact(self.source.as_ref(), self.limits.segment_rows).await;
            moved.map_err(|failure| failure.filing(name))?;
        }
        Ok(())
    }

    async fn clear(&self) -> Result<(), Problem> {
        let _alone = self.filing.lock().await;
        let failed = |error: io::Error| unreadable("", &error);
        for folder in self.folders().map_err(failed)? {
            folder.keep(&[]).map_err(failed)?;
        }
        for kind in self.kinds.values() {
            *kind.table.lock().await = None;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("folder", &self.folder).field("limits", &self.limits).finish_non_exhaustive()
    }
}
