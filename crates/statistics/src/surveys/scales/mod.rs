//! Scales of several items: reliability, and answers given without care.

mod careless;
mod covariance;
mod reliability;
mod responses;

pub use careless::{CarelessRow, careless};
pub use covariance::{Covariance, Missing, covariance};
pub use reliability::{ItemFit, Reliability, reliability};
pub use responses::{Responses, ScaleError};

#[cfg(test)]
mod tests;
