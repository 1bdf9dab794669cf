//! Units: putting versions, moving, merging.

mod merge;
mod put;

pub use merge::merge_units;
pub use put::{NewVersion, put_jurisdictions, put_units};
pub(crate) use put::{plan_units, store_units};
