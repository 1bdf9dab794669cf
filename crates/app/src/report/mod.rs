//! Reports: figures from indicators, listings and balances at one `as_of`; documents made from them, kept and verified.

mod answers;
mod build;
mod desk;
mod ground;
mod keep;
mod list;
mod names;
mod paper;
mod verify;

pub use answers::Filter;
pub(crate) use build::previous_word;
pub use build::{Built, build};
pub use desk::{Desk, Shift};
pub use ground::{Ground, LEAST_OF_ALL, SMALL_CELLS, least};
pub use keep::TEXT;
pub use list::{Listed, file, list, shown};
pub(crate) use names::RuleNames;
pub use paper::{case_paper, papers_of};
pub use verify::{Verification, verify};

use yanpan_kernel::person::Role;

/// Who may build, read and verify reports on the units of their grants.
pub const READERS: [Role; 5] = [Role::Admin, Role::Authority, Role::Head, Role::SafetyOfficer, Role::Observer];
