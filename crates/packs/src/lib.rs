//! Reads pack folders: definitions in TOML with every problem at its file, line and column.

pub mod toml;
