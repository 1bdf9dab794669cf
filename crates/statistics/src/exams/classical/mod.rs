//! The classical table: difficulty, discrimination, reliability, from one pass over the cross-product X'X.
//!
//! Source: Lord & Novick 1968; Feldt 1965 for the interval of α; Guttman 1945 for λ₂.

mod crossproduct;
mod discrimination;
mod reliability;
mod table;

pub use crossproduct::{Moments, moments};
pub use discrimination::{Discrimination, discrimination};
pub use reliability::{feldt_interval, guttman_lambda2, spearman_brown};
pub use table::{Classical, Item, Paper, classical};

#[cfg(test)]
mod tests;
