//! The binary's inside: command line, configuration and wiring; the only crate that knows all others.

mod commands;
mod demo;
pub mod outcome;
pub mod wiring;

pub use commands::run;
