//! Streaming EARS for many series at once: one step a day, a few numbers of state each.

use super::{Bound, Discrepancy, Judgement, Params, Variant};

/// The last days of N series in one block: (B + lag) counts each, and two past excesses for C3.
///
/// 1,000,000 series at the default baseline take 72 MB (C2: 9 × 8 bytes each; C3: 88 MB).
#[derive(Debug, Clone)]
pub struct Bank {
    bound: Bound,
    sum: Option<Discrepancy>,
    baseline: usize,
    width: usize,
    history: Vec<f64>,
    excesses: Vec<[f64; 2]>,
    seen: usize,
}

impl Bank {
    /// A bank of `series` empty histories in the default mode.
    #[must_use]
    pub fn new(params: &Params, series: usize) -> Self {
        let width = params.baseline + params.method.lag();
        let third = params.method == Variant::C3;
        Self {
            bound: Bound::new(params),
            sum: third.then(|| Discrepancy::new(params)),
            baseline: params.baseline,
            width,
            history: vec![f64::NAN; width * series],
            excesses: if third { vec![[0.0; 2]; series] } else { Vec::new() },
            seen: 0,
        }
    }

    /// Judges one day of all series and moves the state on; `today[i]` is the count of series i, NaN missing.
    /// Until a history is long enough its judgement says so.
    pub fn step(&mut self, today: &[f64], mut judged: impl FnMut(usize, Judgement)) {
        let mut excesses = self.excesses.iter_mut();
        for (unit, (count, past)) in today.iter().zip(self.history.chunks_exact_mut(self.width)).enumerate() {
            let window = past.get(..self.baseline).unwrap_or(&[]);
            let point = match (&self.sum, excesses.next()) {
                (Some(sum), Some(before)) => {
                    let point = sum.judge(self.seen, *count, window, *before);
                    let [_, last] = *before;
                    *before = [last, sum.excess(*count, window)];
                    point
                }
                _ => self.bound.judge(self.seen, *count, window),
            };
            judged(unit, point);
            past.rotate_left(1);
            if let Some(newest) = past.last_mut() {
                *newest = *count;
            }
        }
        self.seen += 1;
    }

    /// Bounds for today only, without p-values: the fastest path. `bounds[i]` becomes NaN where the history is too short.
    pub fn bounds(&self, bounds: &mut [f64]) {
        for (slot, past) in bounds.iter_mut().zip(self.history.chunks_exact(self.width)) {
            *slot = self.bound.of(past.get(..self.baseline).unwrap_or(&[]));
        }
    }

    /// Bytes of state held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.history.len() * size_of::<f64>() + self.excesses.len() * size_of::<[f64; 2]>()
    }
}
