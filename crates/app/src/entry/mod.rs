//! The audit trail.

mod list;
mod title;

pub use list::{Asked, Line, list};
pub use title::acts;
