//! Scheduled work: one tick does what is due, under a lease, and may be repeated without harm.

mod remind;
mod run;
mod seal;
mod tick;

pub use remind::remind;
pub use run::{Run, runs};
pub use seal::seal_entries;
pub use tick::tick;
