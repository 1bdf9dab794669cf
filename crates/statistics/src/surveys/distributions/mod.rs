//! Distribution functions and quantiles that the survey methods share, accurate in the tails and for large counts.

mod beta;
mod chi_squared;
mod normal;

pub use beta::{BetaLaw, binomial_cdf, f_quantile, student_p_two_sided, student_quantile};
pub use chi_squared::{chi_squared_cdf, chi_squared_quantile, chi_squared_sf, noncentral_chi_squared_cdf};
pub use normal::{normal_cdf, normal_quantile, normal_sf};

#[cfg(test)]
mod tests;
