//! The analysis engine: entries as typed fact tables, answered by DataFusion; one SELECT in, exact rows out.
//!
//! How to use it: make an [`Engine`] from the store, a folder and the [`FactSchema`] of each kind of case; ask it through
//! the port `Analysis`; turn the rows of an indicator into leaves with [`leaves`].
//!
//! - `facts/`: what is known: typed columns, memory and Parquet chunks, and who supersedes whom.
//! - `plan/`: what is asked: one plain SELECT, its dates bound, its order total. Knows no session.
//! - `run/`: where it is answered: a session with limits, and the reading of Arrow into cells.

mod engine;
mod facts;
mod failure;
mod leaves;
mod limits;
mod plan;
mod run;
mod source;
mod units;

pub use engine::Engine;
pub use facts::FactSchema;
pub use leaves::leaves;
pub use limits::Limits;
pub use source::{FactSnapshot, FactSource};
