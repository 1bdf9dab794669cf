//! Files of cases: uploaded once, named by the hash of their original, served through the case's scope.

mod get;
mod kind;
mod put;
mod sweep;

pub use get::get_file;
pub use kind::{MOST_BYTES, media_type};
pub use put::put_file;
pub use sweep::sweep_orphans;
