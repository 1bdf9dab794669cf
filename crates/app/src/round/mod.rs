//! Rounds: opening what units owe, submissions, what is said of them, and the facts of all.

mod board;
mod judge;
mod open;
mod submit;
mod told;

pub(crate) use board::near;
pub use board::{Board, board, boards, periods, round};
pub use judge::{Judgement, judge};
pub use open::open_round;
pub use submit::{Submission, settle_round, submit};
pub(crate) use submit::{read as read_answers, received};
pub use told::{Body, fact_fields, fact_of};
pub(crate) use told::{Note, Told, tell};
