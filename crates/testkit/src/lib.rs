//! What tests stand on: stores that vanish, PostgreSQL in a temporary folder, and small samples of every noun.

pub mod postgres;
pub mod sample;
pub mod scratch;
