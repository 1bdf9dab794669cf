//! What is known: facts as typed columns, in memory and in Parquet files, and which of them is superseded by which.

mod chunk;
mod column;
mod compaction;
mod folder;
mod kind;
mod rows;
mod schema;
mod segment;
mod table;
mod view;

pub(crate) use chunk::Chunk;
pub(crate) use column::day;
pub(crate) use folder::Folder;
pub(crate) use kind::Kind;
pub use schema::FactSchema;
pub(crate) use schema::{ENTRIES, UNITS};
pub(crate) use segment::Budget;
pub(crate) use table::Table;
pub(crate) use view::{FactView, Sight};
