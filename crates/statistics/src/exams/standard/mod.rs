//! Scores on a common scale: z, T, ranks with ties, percentile ranks, normal scores, stanines, quantiles.

mod distribution;
mod moments;
mod quantile;
mod ranks;

pub use distribution::{chi_square_upper, f_quantile, noncentrality, normal_quantile};
pub use moments::{CentralMoments, central_moments};
pub use quantile::{QuantileType, quantile};
pub use ranks::{StandardScore, standard_scores};

#[cfg(test)]
mod tests;
