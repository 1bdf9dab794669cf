//! Reports: figures from indicators, listings and balances at one `as_of`; documents made from them and verified.

mod answers;
mod build;
mod desk;
mod paper;
mod verify;

pub use build::{Built, build};
pub use desk::{Desk, Shift};
pub use paper::{case_paper, papers_of};
pub use verify::verify;
