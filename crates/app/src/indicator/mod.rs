//! Indicators on pages: values beside those of other periods, broken down, in a sentence, with the rows behind them.

mod breakdown;
mod colours;
mod conceal;
mod link;
mod memory;
mod sentence;
mod show;
mod tiles;
mod value;

pub use colours::colours;
pub use memory::Memory;
pub use show::{By, show};
pub use tiles::tiles;
