//! Operations on cases.

pub(crate) mod act;
mod filter;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod show;
mod view;
