//! Outbreak detection: one series, many series, places and their evaluation.
//!
//! Every detector has two [`Mode`]s: `Correct` (default) and `R`, which agrees with R `surveillance` 1.20.3.

pub mod calendar;
pub mod cusum;
pub mod ears;
mod error;
pub mod evaluation;
pub mod ewma;
pub mod farrington;
pub mod glr;
mod history;
mod irls;
pub mod learned;
pub mod many;
mod recent;
pub mod reference_values;
pub mod residual;
pub mod scan;
mod series;
mod verdict;

pub use error::DetectionError;
pub use series::{MAX_COUNT, Series, Timeline, check_counts};
pub use verdict::{Extra, Judgement, Mode, Monitored, Reason, Verdicts};
