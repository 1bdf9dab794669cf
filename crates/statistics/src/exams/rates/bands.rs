//! Score bands (分数段).

/// Pupils whose score lies in [from, to); the highest band includes the full mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Lower bound.
    pub from: f64,
    /// Upper bound.
    pub to: f64,
    /// Pupils.
    pub count: usize,
    /// Pupils in this band and those above it.
    pub cumulative: usize,
}

/// Bands of `width` points from the full mark down to 0, highest first; empty when width or full mark is not positive or there
/// would be more than 10,000 bands.
#[must_use]
pub fn bands(scores: &[f64], full: f64, width: f64) -> Vec<Band> {
    let number = (full / width).ceil();
    if !(1.0..=10_000.0).contains(&number) {
        return Vec::new();
    }
    let number = number as usize;
    let mut counts = vec![0_usize; number];
    for score in scores {
        let index = ((score / width + 1e-9).floor().max(0.0) as usize).min(number - 1);
        if let Some(count) = counts.get_mut(index) {
            *count += 1;
        }
    }
    let mut cumulative = 0;
    let band = |(index, count): (usize, usize)| {
        cumulative += count;
        let from = index as f64 * width;
        Band { from, to: (from + width).min(full), count, cumulative }
    };
    counts.into_iter().enumerate().rev().map(band).collect()
}
