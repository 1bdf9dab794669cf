//! The binary's inside: command line, configuration and wiring; the only crate that knows all others.

mod commands;
mod demo;
pub mod outcome;
pub mod wiring;

pub use commands::run;

/// Rows, answers and statements are many small pieces of memory: see docs/decisions/0034.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
