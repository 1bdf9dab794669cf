//! Composite indicators: scaling, weighting, aggregation, and how much the ranking owes to the choice of weights.

mod aggregation;
mod ahp;
mod contribution;
mod correlation;
mod draws;
mod inequality;
mod ranks;
mod robustness;
mod scaling;
mod weighting;

pub use aggregation::{arithmetic, geometric, topsis};
pub use ahp::{Ahp, AhpError, Inconsistency, RANDOM_INDEX};
pub use contribution::{Change, Year, contributions, decompose};
pub use correlation::{kendall_tau_b, pearson, spearman};
pub use draws::simplex_draws;
pub use inequality::differing_coefficient;
pub use ranks::{average_ranks, best_first};
pub use robustness::{LeaveOneOut, RankSpread, Robustness, leave_one_out, rank_spread};
pub use scaling::{Aim, Indicator, ScaleError, directed_z, min_max, towards};
pub use weighting::{
    Components, critic_weights, entropies, entropy_weights, equal_weights, principal_component, standardised_alpha,
    variation_weights,
};

/// One indicator's values over the units, `None` where missing.
pub type Column = Vec<Option<f64>>;

#[cfg(test)]
mod tests;
