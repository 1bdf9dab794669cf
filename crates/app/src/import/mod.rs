//! Files in: a workbook becomes a plan that can be looked at, the plan becomes a batch that can be undone.
//!
//! One machinery for every target (a pack's ledger, the returns of a round, units, people, pupils, teaching), for the command line and for HTTP:
//! [`plan`] reads and sorts, [`commit`] writes, [`rejects`] gives back what was refused, [`undo`] takes back. A [`Draft`]
//! is a file that waits between plan and commit.

mod batches;
mod classes;
mod columns;
mod commit;
mod draft;
mod identity;
mod ledger;
mod memory;
mod people;
mod pictures;
mod plan;
mod pupils;
mod rejects;
mod returns;
mod target;
mod teaching;
mod undo;
mod units;

pub use batches::{batch, batches};
pub use columns::ledger_target;
pub use commit::{Choice, Committed, commit};
pub(crate) use draft::Desk;
pub use draft::{
    CellCorrection, Corrections, Draft, Work, commit_draft, correct_draft, discard_draft, draft, drafts, map_draft,
    rejects_of_draft, sweep_drafts, upload, working,
};
pub use identity::{file_hash, hex};
pub use plan::{Plan, RowPlan, Sort, Upload, plan};
pub use rejects::rejects;
pub use target::{sheet_target, targets, template};
pub use undo::undo;
pub use units::unit_columns;
