//! Imports end to end: the corpus by use case and by HTTP, the wizard's story, pictures, pupils and teaching.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in a test a failure is a finding")]

#[path = "../../../sheets/examples/corpus/book.rs"]
mod book;
#[path = "../../../sheets/examples/corpus/cells.rs"]
mod cells;
#[path = "../../../sheets/examples/corpus/files.rs"]
mod files;
mod house;
#[path = "../../../sheets/examples/corpus/layouts.rs"]
mod layouts;
#[path = "../../../sheets/examples/corpus/mixed.rs"]
mod mixed;
mod own_header;
mod people;
mod pictures;
mod returns;
#[path = "../../../sheets/examples/corpus/rows.rs"]
mod rows;
mod same;
mod twice;
mod wizard;
#[path = "../../../sheets/examples/corpus/wps.rs"]
mod wps;
