//! Ranks with ties.

/// Rank 1 for the highest value; equal values share the best rank.
#[must_use]
pub fn best_first(values: &[f64]) -> Vec<usize> {
    let mut ranks = vec![0; values.len()];
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let (mut rank, mut last) = (0, f64::NAN);
    for (position, (value, index)) in order.into_iter().enumerate() {
        if value != last {
            rank = position + 1;
        }
        last = value;
        if let Some(slot) = ranks.get_mut(index) {
            *slot = rank;
        }
    }
    ranks
}

/// Ranks ascending from 1; equal values share their average rank.
#[must_use]
pub fn average_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for run in order.chunk_by(|a, b| a.0 == b.0) {
        let rank = before as f64 + (run.len() as f64 + 1.0) / 2.0;
        for (_, index) in run {
            if let Some(slot) = ranks.get_mut(*index) {
                *slot = rank;
            }
        }
        before += run.len();
    }
    ranks
}
