//! The chart itself: its constants, its state of one number, and one step.

use super::Params;
use crate::detection::Mode;

/// The constants of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    k: f64,
    h: f64,
    pub(super) alpha: f64,
    reset: bool,
    pub(super) compat: bool,
}

impl Rule {
    /// The rule of these parameters in a mode.
    #[must_use]
    pub fn new(params: &Params, mode: Mode) -> Self {
        let compat = mode == Mode::R;
        let reset = params.reset.unwrap_or(!compat);
        Self { k: params.k, h: params.h, alpha: params.alpha, reset, compat }
    }

    /// The score at which the next step alarms.
    #[must_use]
    pub fn left(&self, state: &State) -> f64 {
        self.h + self.k - state.statistic
    }

    /// What is left to the limit.
    pub(super) fn short_of(&self, statistic: f64) -> f64 {
        (self.h - statistic).max(0.0)
    }
}

/// Streaming state: the statistic.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct State {
    statistic: f64,
}

/// What one step gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The statistic, before any reset.
    pub statistic: f64,
    /// The count that would have reached the limit.
    pub bound: f64,
    /// The decision.
    pub alarm: Option<bool>,
}

impl State {
    /// The statistic after the last step.
    #[must_use]
    pub fn statistic(self) -> f64 {
        self.statistic
    }

    /// One day with its score: C ← max(0, C + s − k); alarm at C ≥ h.
    #[must_use]
    pub fn step(&mut self, score: f64, bound: f64, rule: &Rule) -> Step {
        let raised = self.statistic + score - rule.k;
        let statistic = if raised < 0.0 { 0.0 } else { raised };
        let alarm = (!statistic.is_nan()).then_some(statistic >= rule.h);
        self.statistic = if rule.reset && alarm == Some(true) { 0.0 } else { statistic };
        Step { statistic, bound, alarm }
    }

    /// A day without a count: nothing moves.
    #[must_use]
    pub fn gap(&self, bound: f64) -> Step {
        Step { statistic: self.statistic, bound, alarm: None }
    }
}
