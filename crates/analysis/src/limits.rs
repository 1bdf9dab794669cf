//! How much time, memory and output one question may take.

use std::time::Duration;

/// Limits of the engine. The defaults suit two cores and a county.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest time for one question.
    pub time: Duration,
    /// Most memory for the joins, groups and sorts of one question, in bytes. Nothing is spilled to disk.
    pub memory: usize,
    /// Most rows in one answer.
    pub rows: usize,
    /// Questions answered at the same time; others wait.
    pub concurrent: usize,
    /// Memory for columns of fact files, in bytes, kept between questions. What does not fit is read again.
    pub cache: usize,
    /// Most rows in one fact file; smaller neighbours are merged up to this size.
    pub segment_rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(20),
            memory: 512 << 20,
            rows: 200_000,
            concurrent: 2,
            cache: 512 << 20,
            segment_rows: 1 << 18,
        }
    }
}
