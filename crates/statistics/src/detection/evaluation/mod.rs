//! Evaluation: simulated series, injected outbreaks, and what a detector makes of them.
//!
//! Measures as in Bedubourg & Le Strat 2017 (PLoS ONE 12:e0181227); simulation and injection as in Noufaily et al. 2013.

mod kit;
mod panel;
mod simulate;

pub use kit::{Alarming, Measures, Share, Source, calibrate, false_alarm_rate, measure};
pub use panel::{Cluster, Panel, panel};
pub use simulate::{Outbreak, Scenario, Trial, inject, simulate};

#[cfg(test)]
mod tests;
