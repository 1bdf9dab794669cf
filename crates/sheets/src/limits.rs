//! What a workbook may cost, and how its reader tells of progress and is stopped.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// The bounds within which a file is read; beyond them it is refused by name, never read in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Sum of all parts after decompression, in bytes.
    pub inflated: u64,
    /// Largest ratio of decompressed to compressed size of one part above 1 MiB.
    pub ratio: u64,
    /// Parts in the package.
    pub entries: usize,
    /// Worksheets.
    pub sheets: usize,
    /// Rows of one sheet, blank ones before the last counted.
    pub rows: u32,
    /// Columns of one sheet.
    pub columns: u32,
    /// Non-empty cells of the whole workbook.
    pub cells: usize,
    /// Sum of the sizes of pictures that are kept, in bytes.
    pub pictures: u64,
}

impl Default for Limits {
    /// 50 MiB of file, 1 GiB inflated at most 400-fold, 50 sheets of 200,000 rows and 512 columns, 4,000,000 cells.
    fn default() -> Self {
        Self {
            bytes: 50 << 20,
            inflated: 1 << 30,
            ratio: 400,
            entries: 10_000,
            sheets: 50,
            rows: 200_000,
            columns: 512,
            cells: 4_000_000,
            pictures: 200 << 20,
        }
    }
}

/// Called with (done, expected) in whatever is counted: bytes when reading, rows when checking.
type Report<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Progress out, cancellation in. The default reports nothing and never stops.
#[derive(Clone, Copy, Default)]
pub struct Watch<'a> {
    progress: Option<Report<'a>>,
    cancel: Option<&'a AtomicBool>,
}

impl<'a> Watch<'a> {
    /// Reports to `progress` as (done, expected).
    #[must_use]
    pub fn reporting(progress: &'a (dyn Fn(u64, u64) + Send + Sync)) -> Self {
        Self { progress: Some(progress), cancel: None }
    }

    /// Stops soon after `flag` becomes true.
    #[must_use]
    pub fn until(mut self, flag: &'a AtomicBool) -> Self {
        self.cancel = Some(flag);
        self
    }

    /// Says how far the work has come.
    pub fn report(&self, done: u64, expected: u64) {
        if let Some(progress) = self.progress {
            progress(done, expected);
        }
    }

    /// Whether the work should stop.
    #[must_use]
    pub fn cancelled(&self) -> bool {
        self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("progress", &self.progress.is_some()).field("cancel", &self.cancel).finish()
    }
}
