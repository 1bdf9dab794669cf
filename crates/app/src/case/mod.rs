//! Cases: acts, pages, timelines, deadlines.

mod act;
mod names;
mod prepare;
mod rows;

pub use act::{Acted, Target, act, number, number_sequence};
pub use names::{ActNames, RowNames, answer_type, answer_values, unit_value, unit_vocabulary, vocabulary};
pub use prepare::{Act, Context, Prepared, Subject, prepare};
pub use rows::{fact, row};
