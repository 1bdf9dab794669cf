//! What a ranking may say: rank intervals, and the units that cannot be told apart.

use super::{Count, Interval, newcombe};
use crate::surveys::distributions::normal_quantile;
use rayon::prelude::*;

/// Best and worst rank that the data allow; rank 1 is the highest rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    /// Best rank, from 1.
    pub best: usize,
    /// Worst rank.
    pub worst: usize,
}

/// Joint rank intervals from simultaneous intervals of the rates: unit k ranks behind every unit whose lower limit lies above
/// its upper limit, and before every unit whose upper limit lies below its lower limit.
///
/// With intervals of simultaneous level 1 − α all ranks are right together with at least that probability. `None` intervals
/// (units without answers) are left out of the ranking. Source: Klein, Wright & Wieczorek 2020, J. R. Stat. Soc. A 183:589.
#[must_use]
pub fn rank_intervals(intervals: &[Option<Interval>]) -> Vec<Option<RankInterval>> {
    let mut lows: Vec<f64> = intervals.iter().flatten().map(|interval| interval.low).collect();
    let mut highs: Vec<f64> = intervals.iter().flatten().map(|interval| interval.high).collect();
    lows.sort_by(f64::total_cmp);
    highs.sort_by(f64::total_cmp);
    let rank = |interval: &Interval| {
        let better = lows.len() - lows.partition_point(|low| *low <= interval.high);
        let worse = highs.partition_point(|high| *high < interval.low);
        RankInterval { best: better + 1, worst: highs.len() - worse }
    };
    intervals.iter().map(|interval| interval.as_ref().map(rank)).collect()
}

/// For each unit the positions of the others from which it cannot be told apart: Newcombe's interval of the difference, at a
/// level shared among all pairs (Šidák), holds nought. Work grows with the square of the number of units.
#[must_use]
pub fn indistinguishable(counts: &[Count], level: f64) -> Vec<Vec<usize>> {
    let answered = counts.iter().filter(|count| count.n > 0).count();
    let pairs = (answered * answered.saturating_sub(1) / 2).max(1) as f64;
    let z = normal_quantile(0.5 + 0.5 * level.powf(1.0 / pairs));
    let holds_nought = |interval: Interval| interval.low <= 0.0 && interval.high >= 0.0;
    counts
        .par_iter()
        .enumerate()
        .map(|(here, count)| {
            counts
                .iter()
                .enumerate()
                .filter(|(there, other)| *there != here && newcombe(*count, **other, z).is_some_and(holds_nought))
                .map(|(there, _)| there)
                .collect()
        })
        .collect()
}
