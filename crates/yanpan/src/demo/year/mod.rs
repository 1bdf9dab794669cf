//! Fourteen months of the city's life: planned as events from the seed, then lived day by day through the use cases.

mod hazards;
mod live;
mod plan;

pub use live::{Stage, live};
