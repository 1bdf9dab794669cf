//! Unidimensional item response models by marginal maximum likelihood (Bock & Aitkin 1981) on equally spaced nodes.
//!
//! How to use it: [`Responses::new`] collapses equal patterns, [`fit()`] estimates the items, [`score()`] the pupils,
//! [`information()`] gives curves. The metric is slope–intercept with D = 1: logit P = aθ + d.

mod acceleration;
mod curve;
mod em;
mod expectation;
mod fit;
mod likelihood;
mod maximization;
mod model;
mod nodes;
mod oakes;
mod responses;
mod scoring;
mod simulate;
mod start;

pub use curve::information;
pub use fit::{Cycle, Fit, Guessing, Settings, Stop, fit};
pub use model::{Item, Model};
pub use nodes::Nodes;
pub use responses::{ItemFlag, MISSING, Responses};
pub use simulate::{normal_draws, simulate};
pub use scoring::{Estimate, PupilScore, Wanted, reliability, score};

#[cfg(test)]
mod tests;
