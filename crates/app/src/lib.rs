//! Use cases and their ports: find, may I, do, what happened.

pub mod ports;
