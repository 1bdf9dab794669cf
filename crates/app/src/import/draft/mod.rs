//! A draft: an uploaded file that is being mapped and previewed. It lies on disk, its plan in memory.

mod change;
mod desk;
mod finish;
mod keep;

pub use change::{CellCorrection, Corrections, correct_draft, map_draft};
pub use desk::{Desk, Work, working};
pub use finish::{commit_draft, discard_draft, rejects_of_draft, sweep_drafts};
pub use keep::{Draft, draft, drafts, upload};
