//! Ledgers in: a file becomes a plan that can be looked at, the plan becomes a batch that can be undone.

mod commit;
mod identity;
mod plan;
mod target;
mod undo;

pub use commit::{Committed, commit};
pub use identity::{file_hash, hex};
pub use plan::{Plan, Planned, RowPlan, Sort, plan};
pub use target::{ledger_target, ledger_target_of, unit_names, unit_names_of};
pub use undo::undo;
