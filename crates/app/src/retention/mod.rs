//! Retention: what personal fields hold is erased the declared number of days after a case has ended.
//!
//! The entries stay and their chains verify. A payload goes together with its salt; what is left of its body without the
//! erased values stays, so that facts can be made again, under a hash that the entry of the erasure tells.

mod due;
mod erase;
mod remainder;
mod rule;

pub use due::{Due, due};
pub use erase::{ERASE, RETENTION, Told, retain};
pub use remainder::remainder_hash;
pub use rule::{Rule, rules};
