//! Packs: read, check, diff and overlay pack folders into kernel definitions, with every problem at file:line:column.

mod pack;
pub mod read;
mod shelf;
pub mod toml;
pub mod vocabulary;

pub use pack::{Ledger, LedgerColumn, LedgerKind, LedgerStep, Pack, Paper, Scenario, ScenarioStep};
pub use shelf::Shelf;
