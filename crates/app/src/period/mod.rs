//! Periods as pages offer them.

mod list;

pub use list::{Offered, list, usual};
