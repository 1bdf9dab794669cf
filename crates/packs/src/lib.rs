//! Packs: read, check, diff and overlay pack folders into kernel definitions, with every problem at file:line:column.

mod diff;
mod pack;
pub mod read;
mod scenario;
mod shelf;
pub mod toml;
mod view;
pub mod vocabulary;

pub use diff::{Change, ChangeKind, diff};
pub use pack::{COLOURS, Ledger, LedgerColumn, LedgerKind, LedgerStep, Pack, Paper};
pub use scenario::{Post, Scenario, ScenarioStep, StageUnit, UNITS};
pub use shelf::Shelf;
pub use view::{CASE_COLUMNS, Menu, Shows, Tab, View};
