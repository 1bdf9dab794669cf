//! Streaming EARS for many series at once: one step a day, a few numbers of state each.

use super::{Bound, Discrepancy, Judgement, Params, Variant};
use crate::detection::history::{History, push};
use crate::detection::learned::Learned;

/// The last days of N series in one block: (B + lag) counts each, what was learned of their dispersion, two past excesses for C3.
///
/// 1,000,000 series at the default baseline take 96 MB (C2: 12 × 8 bytes each), C3 112 MB.
#[derive(Debug, Clone)]
pub struct Bank {
    chart: Chart,
    baseline: usize,
    history: History,
    learned: Vec<Learned>,
    excesses: Vec<[f64; 2]>,
    seen: usize,
}

/// Which chart judges.
#[derive(Debug, Clone)]
enum Chart {
    Single(Bound),
    ThreeDays(Discrepancy),
}

impl Bank {
    /// A bank of `series` empty histories in the default mode.
    #[must_use]
    pub fn new(params: &Params, series: usize) -> Self {
        let third = params.method == Variant::C3;
        Self {
            chart: if third { Chart::ThreeDays(Discrepancy::new(params)) } else { Chart::Single(Bound::new(params)) },
            baseline: params.baseline,
            history: History::new(params.baseline + params.method.lag(), series),
            learned: vec![Learned::default(); series],
            excesses: if third { vec![[0.0; 2]; series] } else { Vec::new() },
            seen: 0,
        }
    }

    /// Judges one day of all series and moves the state on; `today[i]` is the count of series i, NaN missing.
    /// Until a history is long enough its judgement says so.
    pub fn step(&mut self, today: &[f64], mut judged: impl FnMut(usize, Judgement)) {
        let mut excesses = self.excesses.iter_mut();
        let series = self.history.each().zip(&mut self.learned);
        for (unit, (count, (past, learned))) in today.iter().zip(series).enumerate() {
            let window = past.get(..self.baseline).unwrap_or(&[]);
            let mut none = [0.0; 2];
            let point = match &self.chart {
                Chart::Single(bound) => bound.judge(self.seen, *count, window, learned),
                Chart::ThreeDays(sum) => {
                    let before = excesses.next().unwrap_or(&mut none);
                    sum.judge(self.seen, *count, window, (before, learned))
                }
            };
            judged(unit, point);
            push(past, *count);
        }
        self.seen += 1;
    }

    /// One day of all series without p-values, the fastest path of C1 and C2: `bounds[i]` becomes the bound of series i, NaN where
    /// its history is too short (and always for C3, whose decision is not one day's).
    pub fn bounds(&mut self, today: &[f64], bounds: &mut [f64]) {
        let series = self.history.each().zip(&mut self.learned);
        for ((slot, count), (past, learned)) in bounds.iter_mut().zip(today).zip(series) {
            *slot = match &self.chart {
                Chart::Single(bound) => bound.step(*count, past.get(..self.baseline).unwrap_or(&[]), learned),
                Chart::ThreeDays(_) => f64::NAN,
            };
            push(past, *count);
        }
        self.seen += 1;
    }

    /// Bytes of state held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.history.bytes() + self.learned.len() * size_of::<Learned>() + self.excesses.len() * size_of::<[f64; 2]>()
    }
}
