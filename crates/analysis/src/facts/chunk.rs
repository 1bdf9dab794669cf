//! A run of facts in the order of their entries: its spine in memory, its columns from memory or from a file.

use super::segment::Segment;
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, RecordBatch, new_null_array},
        datatypes::{DataType, Field, Int64Type},
    },
    error::{DataFusionError, Result},
};
use std::{collections::HashMap, sync::Arc};
use yanpan_kernel::{id::Id, unit::Unit};

/// Stands for «not superseded».
pub(crate) const NEVER: i64 = i64::MAX;

/// What every question needs of a run of facts. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    /// Entry numbers, ascending.
    pub(crate) entries: Arc<Vec<i64>>,
    /// The entry that superseded each, or [`NEVER`].
    pub(crate) superseded: Arc<Vec<i64>>,
    /// For each row the position of its unit in `units`.
    pub(crate) unit_of: Arc<Vec<u32>>,
    /// The units that occur; `None` where the text is no id.
    pub(crate) units: Arc<Vec<Option<Id<Unit>>>>,
    /// The columns.
    pub(crate) source: Source,
}

impl Chunk {
    /// How many facts it holds.
    pub(crate) fn rows(&self) -> usize {
        self.entries.len()
    }
}

/// Where a chunk's columns are.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// In memory.
    Memory(RecordBatch),
    /// In a file.
    File(Arc<Segment>),
}

impl Source {
    /// These columns, in this order, of the wanted types. A column that the chunk does not have is missing everywhere.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn columns(&self, wanted: &[Field]) -> Result<Vec<ArrayRef>> {
        match self {
            Self::Memory(batch) => wanted
                .iter()
                .map(|field| match batch.column_by_name(field.name()) {
                    Some(column) => fitted(column, field.data_type()),
                    None => Ok(new_null_array(field.data_type(), batch.num_rows())),
                })
                .collect(),
            Self::File(segment) => segment.columns(wanted),
        }
    }
}

/// The column in this type; values that do not fit are missing.
pub(super) fn fitted(column: &ArrayRef, wanted: &DataType) -> Result<ArrayRef> {
    if column.data_type() == wanted {
        return Ok(column.clone());
    }
    Ok(datafusion::arrow::compute::cast(column, wanted)?)
}

/// A chunk with the subjects of its rows, before it has its place in a table.
pub(crate) struct Loose {
    /// The chunk; nothing in it is superseded yet.
    pub(crate) chunk: Chunk,
    /// Subject of each row.
    pub(crate) subjects: Vec<u128>,
}

impl Loose {
    /// Reads the spine of a source of `entry`, `subject` and `unit_id`.
    ///
    /// # Errors
    /// When a column cannot be read.
    pub(crate) fn new(source: Source) -> Result<Self> {
        let text = |name| Field::new(name, DataType::Utf8View, true);
        let wanted = [Field::new("entry", DataType::Int64, true), text("subject"), text("unit_id")];
        let columns = source.columns(&wanted)?;
        let [entries, subjects, units] = columns.as_slice() else {
            return Err(DataFusionError::Internal("spine".to_owned()));
        };
        let entries: Vec<i64> = entries.as_primitive::<Int64Type>().values().to_vec();
        let subjects = subjects.as_string_view().iter().map(|text| number(text.unwrap_or_default())).collect();
        let mut codes: HashMap<&str, u32> = HashMap::new();
        let mut known = Vec::new();
        let unit_of = units.as_string_view().iter().map(|text| {
            let text = text.unwrap_or_default();
            *codes.entry(text).or_insert_with(|| {
                known.push(text.parse().ok());
                u32::try_from(known.len() - 1).unwrap_or(u32::MAX)
            })
        });
        let unit_of = Arc::new(unit_of.collect());
        let superseded = Arc::new(vec![NEVER; entries.len()]);
        let chunk = Chunk { entries: Arc::new(entries), superseded, unit_of, units: Arc::new(known), source };
        Ok(Self { chunk, subjects })
    }
}

/// A subject's id as a number.
fn number(id: &str) -> u128 {
    uuid::Uuid::try_parse(id).map_or(0, |id| id.as_u128())
}
