//! A kind's facts as one question may see them: known at its entry number, inside its scope, superseded ones left out.

use super::{
    chunk::{Chunk, NEVER},
    schema::SUPERSEDED_BY,
};
use async_trait::async_trait;
use datafusion::{
    arrow::{
        array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, RecordBatchOptions},
        compute::{BatchCoalescer, filter_record_batch},
        datatypes::{Field, Schema, SchemaRef},
    },
    catalog::{Session, TableProvider},
    common::project_schema,
    error::Result,
    execution::{SendableRecordBatchStream, TaskContext},
    logical_expr::{Expr, TableType},
    physical_plan::{
        ExecutionPlan,
        stream::RecordBatchStreamAdapter,
        streaming::{PartitionStream, StreamingTableExec},
    },
};
use std::sync::Arc;
use yanpan_kernel::unit::Scope;

/// What of the facts a question may see.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    /// Facts of later entries are not known.
    pub(crate) as_of: i64,
    /// Facts of other units are not seen.
    pub(crate) scope: Arc<Scope>,
    /// Whether only the last fact of each subject counts.
    pub(crate) latest: bool,
}

/// A registered view.
#[derive(Debug)]
pub(crate) struct FactView {
    /// Columns.
    pub(crate) columns: SchemaRef,
    /// Facts.
    pub(crate) chunks: Vec<Chunk>,
    /// What may be seen.
    pub(crate) sight: Sight,
}

#[async_trait]
impl TableProvider for FactView {
    fn schema(&self) -> SchemaRef {
        self.columns.clone()
    }

    fn table_type(&self) -> TableType {
        TableType::View
    }

    async fn scan(
        &self,
        _session: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let columns = project_schema(&self.columns, projection)?;
        let part = Part { columns: columns.clone(), chunks: self.chunks.clone(), sight: self.sight.clone() };
        Ok(Arc::new(StreamingTableExec::try_new(columns, vec![Arc::new(part)], None, [], false, limit)?))
    }
}

/// The wanted columns of a view.
#[derive(Debug)]
struct Part {
    columns: SchemaRef,
    chunks: Vec<Chunk>,
    sight: Sight,
}

impl PartitionStream for Part {
    fn schema(&self) -> &SchemaRef {
        &self.columns
    }

    fn execute(&self, task: Arc<TaskContext>) -> SendableRecordBatchStream {
        let (columns, sight) = (self.columns.clone(), self.sight.clone());
        let size = task.session_config().batch_size();
        let mut coalescer = BatchCoalescer::new(columns.clone(), size);
        let mut chunks = self.chunks.clone().into_iter();
        // Batches are cut at the same rows wherever the facts lie, so that ties fall alike before and after compaction.
        let batches = std::iter::from_fn(move || {
            loop {
                if let Some(batch) = coalescer.next_completed_batch() {
                    return Some(Ok(batch));
                }
                let pushed = match chunks.next() {
                    Some(chunk) => seen(&chunk, &columns, &sight).and_then(|batch| Ok(coalescer.push_batch(batch)?)),
                    None if coalescer.is_empty() => return None,
                    None => coalescer.finish_buffered_batch().map_err(Into::into),
                };
                if let Err(error) = pushed {
                    return Some(Err(error));
                }
            }
        });
        Box::pin(RecordBatchStreamAdapter::new(self.columns.clone(), futures::stream::iter(batches)))
    }
}

/// The rows of a chunk that may be seen.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn seen(chunk: &Chunk, columns: &SchemaRef, sight: &Sight) -> Result<RecordBatch> {
    let mask = mask(chunk, sight);
    let stored: Vec<Field> = columns
        .fields()
        .iter()
        .filter(|field| field.name() != SUPERSEDED_BY)
        .map(|field| field.as_ref().clone())
        .collect();
    let mut stored = chunk.source.columns(&stored)?.into_iter();
    let own = |field: &Arc<Field>| {
        if field.name() == SUPERSEDED_BY { Some(superseded_by(chunk, sight)) } else { stored.next() }
    };
    let arrays: Vec<ArrayRef> = columns.fields().iter().filter_map(own).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(chunk.entries.len()));
    let batch = RecordBatch::try_new_with_options(Arc::new(Schema::clone(columns)), arrays, &options)?;
    Ok(filter_record_batch(&batch, &mask)?)
}

fn mask(chunk: &Chunk, sight: &Sight) -> BooleanArray {
    let inside: Vec<bool> =
        chunk.units.iter().map(|unit| unit.is_some_and(|unit| sight.scope.contains(unit))).collect();
    let rows = chunk.entries.iter().zip(chunk.superseded.iter()).zip(chunk.unit_of.iter());
    rows.map(|((entry, superseded), unit)| {
        *entry <= sight.as_of
            && (!sight.latest || *superseded > sight.as_of)
            && usize::try_from(*unit).ok().and_then(|unit| inside.get(unit)).copied().unwrap_or(false)
    })
    .map(Some)
    .collect()
}

/// Who superseded each row, as far as the question may know.
fn superseded_by(chunk: &Chunk, sight: &Sight) -> ArrayRef {
    let known = |entry: &i64| Some(*entry).filter(|entry| *entry != NEVER && *entry <= sight.as_of);
    Arc::new(chunk.superseded.iter().map(known).collect::<Int64Array>())
}
