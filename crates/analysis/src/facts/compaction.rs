//! Moving facts from the store into files: write, make durable, then move the watermark. Nothing but the watermark says
//! which files are in force, so that a crash at any point leaves either the old state or the new one.

use super::{
    chunk::Chunk,
    folder::Writer,
    kind::Kind,
    segment::Span,
    table::Table,
    view::{Sight, seen},
};
use crate::{failure::Failure, source::FactSource};
use datafusion::error::{DataFusionError, Result};
use std::sync::Arc;
use yanpan_kernel::unit::Scope;

/// Rows written at a time.
const STEP: usize = 1 << 13;

/// What is written: the facts of these chunks, later than `from`.
struct Work {
    chunks: Vec<Chunk>,
    in_force: Vec<Span>,
    from: i64,
    most: usize,
}

impl Kind {
    /// Moves everything that the store holds of this kind into files of about `most` rows, taking in smaller neighbours.
    /// The files that a longer one replaces stay until the next compaction, for readers of older snapshots.
    ///
    /// # Errors
    /// When a file cannot be read or written, or the watermark not be moved; then nothing has changed.
    pub(crate) async fn compact(
        self: &Arc<Self>,
        source: &dyn FactSource,
        most: usize,
    ) -> std::result::Result<(), Failure> {
        let Some((work, to)) = self.work(source, most).await? else { return Ok(()) };
        let kind = Arc::clone(self);
        let written = tokio::task::spawn_blocking(move || kind.write(&work)).await;
        written.map_err(|error| DataFusionError::External(Box::new(error)))??;
        source.move_watermark(&self.shape.kind, to).await?;
        *self.table.lock().await = None;
        Ok(())
    }

    /// What there is to do, and the watermark afterwards; `None` where the store holds nothing.
    async fn work(
        self: &Arc<Self>,
        source: &dyn FactSource,
        most: usize,
    ) -> std::result::Result<Option<(Work, i64)>, Failure> {
        let snapshot = source.snapshot().await?;
        let watermark = snapshot.watermark(&self.shape.kind).await?;
        let mut known = self.table.lock().await;
        *known = known.take().filter(|table| table.watermark == watermark);
        self.refresh(&mut known, snapshot.as_ref()).await?;
        Ok(known.as_ref().and_then(|table| Work::of(table, most)))
    }

    fn write(&self, work: &Work) -> Result<()> {
        self.folder.keep(&work.in_force)?;
        let all = Sight { as_of: i64::MAX - 1, scope: Arc::new(Scope::Everything), latest: false };
        let mut writer = Writer::new(&self.folder, self.shape.columns.clone(), work.from, work.most)?;
        for chunk in &work.chunks {
            let batch = seen(chunk, &self.shape.columns, &all)?;
            for (step, entries) in chunk.entries.chunks(STEP).enumerate() {
                let to = entries.last().copied().unwrap_or(work.from);
                writer.add(&batch.slice(step * STEP, entries.len()), to)?;
            }
        }
        writer.finish()
    }
}

impl Work {
    fn of(table: &Table, most: usize) -> Option<(Self, i64)> {
        let files = table.in_files();
        let chunks = table.chunks();
        let new = chunks.get(files.len()..).unwrap_or_default();
        let to = new.last()?.entries.last().copied()?;
        let kept = files.len() - taken(&files, new.iter().map(Chunk::rows).sum(), most);
        let from = table.spans.get(kept).map_or(table.watermark, |span| span.from);
        let chunks = chunks.into_iter().skip(kept).collect();
        Some((Self { chunks, in_force: table.spans.clone(), from, most }, to))
    }
}

/// How many of the last files a new one of `new` rows takes in: those that are not much larger than what comes after
/// them, so that each fact is written again only a logarithmic number of times.
fn taken(files: &[usize], new: usize, most: usize) -> usize {
    let mut sum = new;
    let grows = |rows: &&usize| {
        let fits = **rows <= sum.saturating_mul(2) && sum + **rows <= most;
        sum += **rows;
        fits
    };
    files.iter().rev().take_while(grows).count()
}
