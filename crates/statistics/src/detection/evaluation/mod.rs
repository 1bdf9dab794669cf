//! Evaluation: simulated series, injected outbreaks, and what a detector makes of them.
//!
//! Measures as in Bedubourg & Le Strat 2017 (PLoS ONE 12:e0181227); simulation and injection as in Noufaily et al. 2013.

mod kit;
mod simulate;

pub use kit::{Alarming, Measures, calibrate, false_alarm_rate, measure, wilson};
pub use simulate::{Outbreak, Scenario, simulate};

#[cfg(test)]
mod tests;
