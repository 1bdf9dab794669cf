//! Operations on files.

pub(crate) mod get;
