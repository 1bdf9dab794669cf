//! Exam analysis: the classical table, standard scores, item response models and linking.
//!
//! How to use it: put the marks into a [`ScoreMatrix`], then ask [`classical`] for the classical table, [`standard`] for
//! scores on a common scale, [`irt`] for a model, [`link`] to bring two papers onto one scale.

pub mod classical;
pub mod error;
pub mod irt;
pub mod link;
pub mod matrix;
pub mod rates;
pub mod standard;
mod threads;

pub use error::Error;
pub use matrix::{Mark, ScoreMatrix};
pub use threads::on_threads;

#[cfg(test)]
mod tests;
