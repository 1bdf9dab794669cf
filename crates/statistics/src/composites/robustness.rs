//! How far a ranking depends on the weights: over many weight vectors, and with one indicator left out.

use super::ranks::{average_ranks, best_first};
use super::{Column, arithmetic, equal_weights};
use crate::surveys::order::quantile7;
use rayon::prelude::*;

/// Units whose ranks are summarised together, so that a row of ranks is read a cache line at a time.
const BLOCK: usize = 64;

/// One unit's ranks over all weight vectors; rank 1 is best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankSpread {
    /// Mean rank.
    pub mean: f64,
    /// 5 % quantile (R type 7).
    pub p05: f64,
    /// Median.
    pub median: f64,
    /// 95 % quantile.
    pub p95: f64,
    /// Share of the draws that put the unit among the best tenth (rounded up).
    pub top_tenth: f64,
}

/// Ranks over weight draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// One spread per unit.
    pub units: Vec<RankSpread>,
    /// Mean over draws and units of |rank − reference rank|.
    pub mean_abs_shift: f64,
    /// Mean over draws of Spearman's ρ with the reference scores.
    pub mean_spearman: f64,
}

/// Ranks with one indicator left out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveOneOut {
    /// Best rank of each unit over the leavings-out.
    pub best: Vec<usize>,
    /// Worst rank of each unit.
    pub worst: Vec<usize>,
    /// Mean |rank − reference rank| when each indicator is left out.
    pub mean_abs_shift: Vec<f64>,
}

/// Ranks the units by weighted means under every weight vector of `draws`; `reference` are the scores compared with.
///
/// `columns` hold min–max values; a missing one is left out and the weights of the rest rescaled. Memory: 4 bytes × units ×
/// draws. The result does not depend on the number of threads.
#[must_use]
pub fn rank_spread(columns: &[Column], draws: &[Vec<f64>], reference: &[f64]) -> Robustness {
    let units = reference.len();
    let kernel = Kernel::new(columns, reference);
    let rows: Vec<Ranked> = draws.par_iter().map_init(Vec::new, |order, weights| kernel.rank(weights, order)).collect();
    let blocks: Vec<usize> = (0..units).step_by(BLOCK).collect();
    let spreads: Vec<Vec<RankSpread>> = blocks.par_iter().map(|start| block_spread(&rows, *start, units)).collect();
    let count = draws.len() as f64;
    Robustness {
        units: spreads.concat(),
        mean_abs_shift: rows.iter().map(|row| row.shift).sum::<f64>() / (count * units as f64),
        mean_spearman: rows.iter().map(|row| row.spearman).sum::<f64>() / count,
    }
}

/// One draw's ranks and how they compare with the reference.
struct Ranked {
    ranks: Vec<u32>,
    shift: f64,
    spearman: f64,
}

/// What stays the same over the draws.
struct Kernel {
    columns: Vec<Vec<f64>>,
    /// 1 where present, 0 where missing; only when something is missing.
    present: Option<Vec<Vec<f64>>>,
    ranks: Vec<usize>,
    centred: Vec<f64>,
}

impl Kernel {
    fn new(columns: &[Column], reference: &[f64]) -> Self {
        let missing = columns.iter().flatten().any(Option::is_none);
        let mask = |column: &Column| column.iter().map(|value| f64::from(u8::from(value.is_some()))).collect();
        let middle = (reference.len() as f64 + 1.0) / 2.0;
        Self {
            columns: columns.iter().map(|column| column.iter().map(|value| value.unwrap_or(0.0)).collect()).collect(),
            present: missing.then(|| columns.iter().map(mask).collect()),
            ranks: best_first(reference),
            centred: average_ranks(reference).into_iter().map(|rank| rank - middle).collect(),
        }
    }

    /// Weighted sums, four columns at a time: fewer passes over the scores, terms still added in the columns' order.
    fn weighted(columns: &[Vec<f64>], weights: &[f64], sums: &mut [f64]) {
        let mut columns = columns.chunks_exact(4);
        let mut quarters = weights.chunks_exact(4);
        for (four, weights) in columns.by_ref().zip(quarters.by_ref()) {
            if let ([a, b, c, d], [wa, wb, wc, wd]) = (four, weights) {
                for ((((sum, a), b), c), d) in sums.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                    *sum = *sum + wa * a + wb * b + wc * c + wd * d;
                }
            }
        }
        for (column, weight) in columns.remainder().iter().zip(quarters.remainder()) {
            for (sum, value) in sums.iter_mut().zip(column) {
                *sum += weight * value;
            }
        }
    }

    fn rank(&self, weights: &[f64], order: &mut Vec<(f64, u32)>) -> Ranked {
        let units = self.ranks.len();
        let mut scores = vec![0.0; units];
        Self::weighted(&self.columns, weights, &mut scores);
        if let Some(present) = &self.present {
            let mut totals = vec![0.0; units];
            Self::weighted(present, weights, &mut totals);
            scores.iter_mut().zip(totals).for_each(|(score, total)| *score /= total);
        }
        order.clear();
        order.extend(scores.into_iter().zip(0..));
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let middle = (units as f64 + 1.0) / 2.0;
        let mut ranked = Ranked { ranks: vec![0; units], shift: 0.0, spearman: 0.0 };
        let (mut product, mut own, mut before) = (0.0, 0.0, 0);
        for run in order.chunk_by(|a, b| a.0 == b.0) {
            // Ranks run downwards here and upwards in the reference, hence the sign.
            let centred = middle - (before as f64 + (run.len() as f64 + 1.0) / 2.0);
            for (_, unit) in run {
                let unit = *unit as usize;
                if let (Some(slot), Some(base), Some(other)) =
                    (ranked.ranks.get_mut(unit), self.ranks.get(unit), self.centred.get(unit))
                {
                    *slot = before as u32 + 1;
                    ranked.shift += base.abs_diff(before + 1) as f64;
                    product += centred * other;
                    own += centred * centred;
                }
            }
            before += run.len();
        }
        let reference: f64 = self.centred.iter().map(|rank| rank * rank).sum();
        ranked.spearman = product / (own * reference).sqrt();
        ranked
    }
}

fn block_spread(rows: &[Ranked], start: usize, units: usize) -> Vec<RankSpread> {
    let end = (start + BLOCK).min(units);
    let mut gathered: Vec<Vec<u32>> = (start..end).map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (ranks, rank) in gathered.iter_mut().zip(row.ranks.get(start..end).unwrap_or_default()) {
            ranks.push(*rank);
        }
    }
    gathered.into_iter().map(|ranks| spread(ranks, units)).collect()
}

fn spread(mut ranks: Vec<u32>, units: usize) -> RankSpread {
    ranks.sort_unstable();
    let count = ranks.len() as f64;
    let tenth = units.div_ceil(10) as u32;
    let top = ranks.partition_point(|rank| *rank <= tenth) as f64;
    let sorted: Vec<f64> = ranks.iter().copied().map(f64::from).collect();
    RankSpread {
        mean: sorted.iter().sum::<f64>() / count,
        p05: quantile7(&sorted, 0.05),
        median: quantile7(&sorted, 0.5),
        p95: quantile7(&sorted, 0.95),
        top_tenth: top / count,
    }
}

/// Ranks with equal weights when each indicator in turn is left out, against the ranks of `reference`.
#[must_use]
pub fn leave_one_out(columns: &[Column], reference: &[f64]) -> LeaveOneOut {
    let base = best_first(reference);
    let units = base.len();
    let mut found = LeaveOneOut { best: vec![usize::MAX; units], worst: vec![0; units], mean_abs_shift: Vec::new() };
    for left_out in 0..columns.len() {
        let kept = columns.iter().enumerate().filter(|(position, _)| *position != left_out);
        let kept: Vec<Column> = kept.map(|(_, column)| column.clone()).collect();
        let scores = arithmetic(&kept, &equal_weights(kept.len()));
        let scores: Vec<f64> = scores.into_iter().map(|score| score.unwrap_or(f64::NEG_INFINITY)).collect();
        let ranks = best_first(&scores);
        let mut shift = 0.0;
        for (((rank, base), best), worst) in ranks.iter().zip(&base).zip(&mut found.best).zip(&mut found.worst) {
            shift += rank.abs_diff(*base) as f64;
            *best = (*best).min(*rank);
            *worst = (*worst).max(*rank);
        }
        found.mean_abs_shift.push(shift / units as f64);
    }
    found
}
