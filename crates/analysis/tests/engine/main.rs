//! The engine asked over a ledger in memory.

mod answers;
mod ledger;
mod refusals;
mod scopes;
mod segments;
mod world;
