//! A kind of fact: its columns, its folder, and what of its facts is known in memory.

use super::{
    chunk::{Loose, Source},
    folder::Folder,
    rows::batch,
    schema::{FactSchema, Shape},
    segment::{Budget, Segment, chain},
    table::Table,
};
use crate::{failure::Failure, source::FactSnapshot};
use datafusion::error::{DataFusionError, Result};
use std::{io, path::Path, sync::Arc};
use tokio::sync::Mutex;

/// Runs of facts in memory beyond which they are read anew as one.
const MOST_RUNS: usize = 64;

/// A kind of fact.
pub(crate) struct Kind {
    /// Columns.
    pub(crate) shape: Shape,
    /// Files.
    pub(crate) folder: Folder,
    /// What is known; `None` before the first question and after every compaction.
    pub(crate) table: Mutex<Option<Table>>,
    budget: Arc<Budget>,
}

impl Kind {
    /// A kind whose files lie under `root`.
    ///
    /// # Errors
    /// As [`Shape::new`].
    pub(crate) fn new(declared: &FactSchema, root: &Path, budget: Arc<Budget>) -> std::result::Result<Self, Failure> {
        let shape = Shape::new(declared)?;
        let folder = Folder { path: root.join(&shape.kind) };
        Ok(Self { shape, folder, table: Mutex::new(None), budget })
    }

    /// Brings what is known up to the snapshot. On an error nothing is known, and the next question begins anew.
    ///
    /// # Errors
    /// When files up to the watermark are missing or unreadable, or the store fails.
    pub(crate) async fn refresh(
        self: &Arc<Self>,
        known: &mut Option<Table>,
        snapshot: &dyn FactSnapshot,
    ) -> std::result::Result<(), Failure> {
        let watermark = snapshot.watermark(&self.shape.kind).await?;
        let mut table = match known.take() {
            Some(table) if table.watermark >= watermark && table.in_memory() < MOST_RUNS => table,
            _ => self.opened(watermark).await?,
        };
        let facts = snapshot.facts_after(&self.shape.kind, table.upto).await?;
        if !facts.is_empty() {
            let batch = batch(&self.shape, &facts).map_err(DataFusionError::from)?;
            table.push(Loose::new(Source::Memory(batch))?);
        }
        table.upto = table.upto.max(snapshot.last_entry().await?);
        *known = Some(table);
        Ok(())
    }

    /// The table of the files up to a watermark.
    async fn opened(self: &Arc<Self>, watermark: i64) -> std::result::Result<Table, Failure> {
        let kind = Arc::clone(self);
        let open = tokio::task::spawn_blocking(move || kind.read(watermark)).await;
        match open.map_err(|error| DataFusionError::External(Box::new(error)))? {
            Ok(Some(table)) => Ok(table),
            Ok(None) => Err(Failure::Gap(self.shape.kind.clone())),
            Err(error) if missing(&error) => Err(Failure::Gap(self.shape.kind.clone())),
            Err(error) => Err(error.into()),
        }
    }

    fn read(&self, watermark: i64) -> Result<Option<Table>> {
        let Some(spans) = chain(&self.folder.spans()?, watermark) else { return Ok(None) };
        let mut table = Table::from(watermark);
        for span in &spans {
            let segment = Segment::open(&self.folder.file(*span), self.budget.clone())?;
            table.push(Loose::new(Source::File(Arc::new(segment)))?);
        }
        table.spans = spans;
        Ok(Some(table))
    }
}

/// Whether a file went away between the listing and the opening.
fn missing(error: &DataFusionError) -> bool {
    matches!(error.find_root(), DataFusionError::IoError(error) if error.kind() == io::ErrorKind::NotFound)
}
