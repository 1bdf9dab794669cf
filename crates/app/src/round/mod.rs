//! Rounds: opening what units owe, submissions, and the facts of both.

mod open;
mod submit;
mod told;

pub use open::open_round;
pub use submit::{Submission, settle_round, submit};
pub use told::{Body, fact_fields, fact_of};
