//! A fact file: its name says which entries it holds, and its columns are read when first asked for.

use super::chunk::fitted;
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, RecordBatch, new_null_array},
        compute::concat_batches,
        datatypes::Field,
    },
    error::{DataFusionError, Result},
    parquet::arrow::{
        ProjectionMask,
        arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder},
    },
};
use std::{
    collections::HashMap,
    fs::File,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The entries of a file: later than `from`, up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// The entry before the first.
    pub(crate) from: i64,
    /// The last entry.
    pub(crate) to: i64,
}

impl Span {
    /// The file's name.
    pub(crate) fn name(self) -> String {
        format!("{}-{}.parquet", self.from, self.to)
    }

    /// The span in a file's name; `None` for other files.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (from, to) = name.strip_suffix(".parquet")?.split_once('-')?;
        let span = Self { from: from.parse().ok()?, to: to.parse().ok()? };
        (0 <= span.from && span.from < span.to).then_some(span)
    }
}

/// The files that hold everything up to a watermark, each where the one before ends, the longest first: files beyond the
/// watermark were never in force, and those inside a longer one no longer are. `None` when there is a gap.
pub(crate) fn chain(spans: &[Span], watermark: i64) -> Option<Vec<Span>> {
    let mut chain = Vec::new();
    let mut at = 0;
    while at < watermark {
        let next = spans.iter().filter(|span| span.from == at && span.to <= watermark).max_by_key(|span| span.to)?;
        chain.push(*next);
        at = next.to;
    }
    Some(chain)
}

/// Memory that columns of files may take, over all files.
#[derive(Debug)]
pub(crate) struct Budget {
    used: AtomicUsize,
    most: usize,
}

impl Budget {
    /// A budget in bytes.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { used: AtomicUsize::new(0), most })
    }

    fn take(&self, bytes: usize) -> bool {
        let fits = |used: usize| used.checked_add(bytes).filter(|sum| *sum <= self.most);
        self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).is_ok()
    }
}

/// An open fact file. It stays readable when it is removed from its folder.
#[derive(Debug)]
pub(crate) struct Segment {
    metadata: ArrowReaderMetadata,
    rows: usize,
    budget: Arc<Budget>,
    open: Mutex<Open>,
}

/// The handle, whose position readers move, and the columns read so far.
#[derive(Debug)]
struct Open {
    file: File,
    columns: HashMap<String, ArrayRef>,
    taken: usize,
}

impl Segment {
    /// Opens a file and reads its footer.
    ///
    /// # Errors
    /// When it is missing or no fact file.
    pub(crate) fn open(path: &Path, budget: Arc<Budget>) -> Result<Self> {
        let file = File::open(path)?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
        let rows = usize::try_from(metadata.metadata().file_metadata().num_rows()).unwrap_or_default();
        Ok(Self { metadata, rows, budget, open: Mutex::new(Open { file, columns: HashMap::new(), taken: 0 }) })
    }

    /// These columns, in this order, of the wanted types; what the file does not have is missing everywhere.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn columns(&self, wanted: &[Field]) -> Result<Vec<ArrayRef>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = |field: &&Field| self.metadata.schema().column_with_name(field.name()).is_some();
        let absent: Vec<&Field> =
            wanted.iter().filter(stored).filter(|field| !open.columns.contains_key(field.name())).collect();
        let read = if absent.is_empty() { None } else { Some(self.read(&open.file, &absent)?) };
        let mut columns = Vec::with_capacity(wanted.len());
        for field in wanted {
            let fresh = read.as_ref().and_then(|batch| batch.column_by_name(field.name()));
            columns.push(match (open.columns.get(field.name()), fresh) {
                (Some(column), _) => column.clone(),
                (None, Some(column)) => {
                    let column = fitted(column, field.data_type())?;
                    let bytes = column.get_array_memory_size();
                    if self.budget.take(bytes) {
                        open.taken += bytes;
                        open.columns.insert(field.name().clone(), column.clone());
                    }
                    column
                }
                (None, None) => new_null_array(field.data_type(), self.rows),
            });
        }
        Ok(columns)
    }

    fn read(&self, file: &File, wanted: &[&Field]) -> Result<RecordBatch> {
        let schema = self.metadata.schema();
        let places = wanted.iter().filter_map(|field| schema.index_of(field.name()).ok());
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), places);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file.try_clone()?, self.metadata.clone())
            .with_projection(mask)
            .with_batch_size(self.rows.max(1))
            .build()?;
        let batches = reader.collect::<std::result::Result<Vec<_>, _>>()?;
        let first = batches.first().ok_or_else(|| DataFusionError::Internal("no rows".to_owned()))?;
        Ok(concat_batches(&first.schema(), &batches)?)
    }
}

impl Drop for Segment {
    fn drop(&mut self) {
        let open = self.open.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.budget.used.fetch_sub(open.taken, Ordering::Relaxed);
    }
}
