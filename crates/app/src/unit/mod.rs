//! Units: putting versions, moving, merging, closing.

mod close;
mod consequences;
mod merge;
mod put;

pub use close::close_unit;
pub use consequences::{Consequences, consequences};
pub use merge::merge_units;
pub use put::{NewVersion, put_jurisdictions, put_units};
pub(crate) use put::{plan_units, store_units};
