//! The last days of many series in one block of memory, for streaming charts.

/// `width` counts a series, oldest first, NaN missing.
#[derive(Debug, Clone)]
pub(super) struct History {
    width: usize,
    counts: Vec<f64>,
}

impl History {
    /// Empty histories.
    pub fn new(width: usize, series: usize) -> Self {
        Self { width, counts: vec![f64::NAN; width * series] }
    }

    /// The histories, one after the other.
    pub fn each(&mut self) -> impl Iterator<Item = &mut [f64]> {
        self.counts.chunks_exact_mut(self.width)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.counts.len() * size_of::<f64>()
    }
}

/// The newest count comes in at the end, the oldest leaves.
pub(super) fn push(past: &mut [f64], count: f64) {
    past.copy_within(1.., 0);
    if let Some(newest) = past.last_mut() {
        *newest = count;
    }
}
