//! Agreement of two columns: Pearson, Spearman, Kendall.

use super::ranks::average_ranks;

/// Pearson's correlation over the units that have both values; NaN when either does not vary.
#[must_use]
pub fn pearson(first: &[Option<f64>], second: &[Option<f64>]) -> f64 {
    let pairs = || first.iter().zip(second).filter_map(|(x, y)| x.zip(*y));
    let count = pairs().count() as f64;
    let (mean_x, mean_y) = (pairs().map(|(x, _)| x).sum::<f64>() / count, pairs().map(|(_, y)| y).sum::<f64>() / count);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs() {
        xy += (x - mean_x) * (y - mean_y);
        xx += (x - mean_x).powi(2);
        yy += (y - mean_y).powi(2);
    }
    xy / (xx * yy).sqrt()
}

/// Spearman's ρ: Pearson's correlation of average ranks.
#[must_use]
pub fn spearman(first: &[f64], second: &[f64]) -> f64 {
    let ranks = |values: &[f64]| -> Vec<Option<f64>> { average_ranks(values).into_iter().map(Some).collect() };
    pearson(&ranks(first), &ranks(second))
}

/// Kendall's τ-b (Kendall 1945), in O(n log n) by counting exchanges (Knight 1966); NaN when either does not vary.
#[must_use]
pub fn kendall_tau_b(first: &[f64], second: &[f64]) -> f64 {
    let mut pairs: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let ties_x = tied(pairs.iter().map(|pair| pair.0));
    let ties_both = tied(pairs.iter().copied());
    let mut other: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let exchanges = merge_sort(&mut other);
    let ties_y = tied(other.iter().copied());
    let count = pairs.len() as f64;
    let all = count * (count - 1.0) / 2.0;
    let agreement = all - ties_x - ties_y + ties_both - 2.0 * exchanges;
    agreement / ((all - ties_x) * (all - ties_y)).sqrt()
}

/// Pairs of equal neighbours in runs of a sorted sequence.
pub(super) fn tied<T: PartialEq>(sorted: impl Iterator<Item = T>) -> f64 {
    let (mut pairs, mut run) = (0.0, 0.0);
    let mut last = None;
    for value in sorted {
        if last.as_ref() == Some(&value) {
            run += 1.0;
            pairs += run;
        } else {
            run = 0.0;
        }
        last = Some(value);
    }
    pairs
}

/// Sorts and counts the exchanges of neighbours that it takes.
fn merge_sort(values: &mut [f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let (left, right) = values.split_at_mut(values.len() / 2);
    let mut exchanges = merge_sort(left) + merge_sort(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().copied().peekable());
    let mut waiting = left.len() as f64;
    loop {
        match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if b < a => {
                exchanges += waiting;
                merged.extend(right.next());
            }
            (Some(_), _) => {
                waiting -= 1.0;
                merged.extend(left.next());
            }
            (None, Some(_)) => merged.extend(right.next()),
            (None, None) => break,
        }
    }
    values.copy_from_slice(&merged);
    exchanges
}
