//! Predictive laws from the latest days: a moving baseline, its dispersion learned from its own errors.

use super::Series;
use super::learned::{Forecast, Learned, dispersion, predictive};
use crate::distributions::CountLaw;
use std::ops::Range;

/// A moving baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recent {
    /// Points of the baseline.
    pub baseline: usize,
    /// Latest points left out, so that a rise does not hide itself.
    pub lag: usize,
    /// Fewest present counts.
    pub least: usize,
}

impl Recent {
    /// One law for every row of the range; `None` where too few counts lie before it. The rows before the range are learned from.
    pub fn laws(&self, series: Series<'_>, range: Range<usize>) -> Vec<Option<CountLaw>> {
        let mut learned = Learned::default();
        let law = |index: usize| {
            let end = index.saturating_sub(self.lag);
            let window = series.counts.get(end.saturating_sub(self.baseline)..end).unwrap_or(&[]);
            self.law(window, series.at(index), &mut learned)
        };
        (0..range.end).map(law).collect::<Vec<_>>().split_off(range.start)
    }

    /// The law of a day by its baseline; the day itself is learned from afterwards.
    pub fn law(&self, window: &[f64], today: f64, learned: &mut Learned) -> Option<CountLaw> {
        let found = super::ears::moments(window, learned.looks_back());
        if (found.n as usize) < self.least.max(2) {
            return None;
        }
        let forecast = Forecast { mean: found.mean, error: 1.0 / found.n, squares: found.squares, df: found.n - 1.0 };
        let level = learned.level(&forecast);
        learned.learn(today, &forecast, level);
        // Jeffreys' prior, worth half a case of a Poisson law
        Some(predictive(found.mean + 0.5 * dispersion(level) / found.n, 1.0 / found.n, level))
    }
}
