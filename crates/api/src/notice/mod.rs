//! Operations on notices.

pub(crate) mod list;
