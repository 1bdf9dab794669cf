//! The demo city: made by calling the use cases under a set clock; same day and seed, same city.

mod cast;
mod clock;
mod places;
mod year;

pub use cast::{ACCOUNTS, PASSWORD, introductions, people};
pub use clock::{SeededEntropy, SetClock};
pub use places::{COUNTY, places};
pub use year::{Stage, live};
