//! Operations on units.

pub(crate) mod list;
