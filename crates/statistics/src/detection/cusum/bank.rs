//! Streaming CUSUM for many series at once, for means that are given: one step a day, four numbers a series.

use super::{Judgement, Params, Rule, State};
use crate::detection::Mode;
use crate::detection::learned::Learned;

/// The charts of N series in the default mode, each with what was learned of its dispersion.
///
/// 1,000,000 series take 32 MB.
#[derive(Debug, Clone)]
pub struct Bank {
    params: Params,
    rule: Rule,
    states: Vec<(Learned, State)>,
    seen: usize,
}

impl Bank {
    /// A bank of `series` charts at zero; of the parameters, `mean` has no bearing.
    #[must_use]
    pub fn new(params: &Params, series: usize) -> Self {
        let states = vec![(Learned::default(), State::default()); series];
        Self { params: params.clone(), rule: Rule::new(params, Mode::Correct), states, seen: 0 }
    }

    /// Judges one day of all series and moves the state on; `today[i]` is the count of series i, NaN missing, `means[i]` its
    /// in-control mean.
    pub fn step(&mut self, today: &[f64], means: &[f64], mut judged: impl FnMut(usize, Judgement)) {
        let series = today.iter().zip(means).zip(&mut self.states);
        for (unit, ((count, mean), (learned, state))) in series.enumerate() {
            let law = learned.given(*mean, *count);
            judged(unit, super::judge((self.seen, *count), law, state, (&self.params, &self.rule)));
        }
        self.seen += 1;
    }

    /// Bytes of state held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.states.len() * size_of::<(Learned, State)>()
    }
}
