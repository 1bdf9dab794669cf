//! All facts of a kind: chunks in the order of entries, and for each subject where its last fact stands.

use super::{
    chunk::{Chunk, Loose, Source},
    segment::Span,
};
use std::{collections::HashMap, sync::Arc};

/// The facts of a kind as far as they are known.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Entry up to which facts come from files.
    pub(crate) watermark: i64,
    /// Entry up to which everything is known.
    pub(crate) upto: i64,
    /// The files, one for each of the first chunks.
    pub(crate) spans: Vec<Span>,
    chunks: Vec<Chunk>,
    last: HashMap<u128, (usize, usize)>,
}

impl Table {
    /// A table whose files reach up to a watermark; they are yet to be pushed.
    pub(crate) fn from(watermark: i64) -> Self {
        Self { watermark, upto: watermark, ..Self::default() }
    }

    /// Adds the next run of facts and notes what it supersedes.
    pub(crate) fn push(&mut self, loose: Loose) {
        let Loose { mut chunk, subjects } = loose;
        let place = self.chunks.len();
        for (row, (subject, entry)) in subjects.into_iter().zip(chunk.entries.iter()).enumerate() {
            let Some((before, at)) = self.last.insert(subject, (place, row)) else { continue };
            let chunk = if before == place { Some(&mut chunk.superseded) } else { self.superseded(before) };
            if let Some(slot) = chunk.and_then(|superseded| Arc::make_mut(superseded).get_mut(at)) {
                *slot = *entry;
            }
        }
        self.upto = self.upto.max(chunk.entries.last().copied().unwrap_or_default());
        self.chunks.push(chunk);
    }

    /// How many facts lie in files, in the order of the files.
    pub(crate) fn in_files(&self) -> Vec<usize> {
        self.chunks.iter().filter(|chunk| matches!(chunk.source, Source::File(_))).map(Chunk::rows).collect()
    }

    /// How many runs of facts lie in memory.
    pub(crate) fn in_memory(&self) -> usize {
        self.chunks.len() - self.in_files().len()
    }

    /// The chunks as they are now; later pushes do not change them.
    pub(crate) fn chunks(&self) -> Vec<Chunk> {
        self.chunks.clone()
    }

    fn superseded(&mut self, chunk: usize) -> Option<&mut Arc<Vec<i64>>> {
        self.chunks.get_mut(chunk).map(|chunk| &mut chunk.superseded)
    }
}
