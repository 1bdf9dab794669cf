//! Units: putting versions, moving, merging.

mod merge;
mod put;

pub use merge::merge_units;
pub use put::{NewVersion, put_jurisdictions, put_units};
