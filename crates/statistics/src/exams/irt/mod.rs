//! Unidimensional item response models by marginal maximum likelihood (Bock & Aitkin 1981) on equally spaced nodes.
//!
//! How to use it: [`Responses::new`] collapses equal patterns, [`fit()`] estimates the items, [`score()`] the pupils,
//! [`information()`] gives curves. The metric is slope–intercept with D = 1: logit P = aθ + d.

mod acceleration;
mod curve;
mod em;
mod expectation;
mod fit;
mod item_fit;
mod likelihood;
mod maximization;
mod model;
mod model_fit;
mod nodes;
mod oakes;
mod plausible;
mod recovery;
mod responses;
mod scoring;
mod simulate;
mod start;

pub use curve::{expected_counts, information};
pub use fit::{Cycle, Fit, Guessing, Settings, Stop, fit};
pub use item_fit::{ItemFit, item_fit};
pub use model::{Item, Model};
pub use model_fit::{ModelFit, model_fit};
pub use nodes::Nodes;
pub use plausible::{Draws, GroupMean, Groups, Plausible, plausible_values};
pub use recovery::{Design, Recovery, RecoveryTable, recovery};
pub use responses::{ItemFlag, MISSING, Responses};
pub use scoring::{Estimate, PupilScore, Wanted, reliability, score};
pub use simulate::{normal_draws, simulate};

#[cfg(test)]
mod tests;
