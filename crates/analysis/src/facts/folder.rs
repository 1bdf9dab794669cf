//! The folder of a kind's fact files: what is in it, what is rubbish, and how a new file comes in.

use super::segment::Span;
use datafusion::{
    arrow::{array::RecordBatch, datatypes::SchemaRef},
    error::Result,
    parquet::{arrow::ArrowWriter, file::properties::WriterProperties},
};
use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Ending of a file that is not complete.
const UNFINISHED: &str = ".unfinished";

/// Rows of a row group.
const GROUP_ROWS: usize = 1 << 17;

/// A kind's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// Its path; it need not exist.
    pub(crate) path: PathBuf,
}

impl Folder {
    /// Spans of the complete files, in any order; none when there is no folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(crate) fn spans(&self) -> io::Result<Vec<Span>> {
        Ok(self.names()?.iter().filter_map(|name| Span::parse(name)).collect())
    }

    /// Removes every fact file but these, and unfinished ones.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub(crate) fn keep(&self, spans: &[Span]) -> io::Result<()> {
        for name in self.names()? {
            let rubbish = name.ends_with(UNFINISHED) || Span::parse(&name).is_some_and(|span| !spans.contains(&span));
            if rubbish {
                fs::remove_file(self.path.join(name))?;
            }
        }
        Ok(())
    }

    /// Where the file of a span is.
    pub(crate) fn file(&self, span: Span) -> PathBuf {
        self.path.join(span.name())
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }
}

/// Writes facts in order into files of at most so many rows (and one batch), each complete and durable before the next.
pub(crate) struct Writer {
    folder: Folder,
    columns: SchemaRef,
    most: usize,
    from: i64,
    current: Option<Current>,
}

/// The file being written.
struct Current {
    writer: ArrowWriter<File>,
    rows: usize,
    to: i64,
}

impl Writer {
    /// A writer of facts later than `from`; makes the folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn new(folder: &Folder, columns: SchemaRef, from: i64, most: usize) -> io::Result<Self> {
        fs::create_dir_all(&folder.path)?;
        if let Some(parent) = folder.path.parent() {
            synced(parent)?;
        }
        Ok(Self { folder: folder.clone(), columns, most, from, current: None })
    }

    /// Adds a batch whose last entry is `to`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn add(&mut self, batch: &RecordBatch, to: i64) -> Result<()> {
        let mut current = match self.current.take() {
            Some(current) => current,
            None => self.begun()?,
        };
        current.writer.write(batch)?;
        current.rows += batch.num_rows();
        current.to = to;
        self.current = Some(current);
        if self.current.as_ref().is_some_and(|current| current.rows >= self.most) { self.finish() } else { Ok(()) }
    }

    /// Completes the last file.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let Some(current) = self.current.take() else { return Ok(()) };
        let span = Span { from: self.from, to: current.to };
        current.writer.into_inner()?.sync_all()?;
        fs::rename(self.unfinished(), self.folder.file(span))?;
        synced(&self.folder.path)?;
        self.from = span.to;
        Ok(())
    }

    fn begun(&self) -> Result<Current> {
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(GROUP_ROWS)).build();
        let file = File::create(self.unfinished())?;
        let writer = ArrowWriter::try_new(file, self.columns.clone(), Some(properties))?;
        Ok(Current { writer, rows: 0, to: self.from })
    }

    fn unfinished(&self) -> PathBuf {
        self.folder.path.join(format!("{}{UNFINISHED}", self.from))
    }
}

/// Makes the names in a folder durable.
fn synced(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
