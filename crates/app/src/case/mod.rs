//! Cases: acts, pages, timelines, deadlines.

mod act;
mod alarm;
mod names;
mod prepare;
mod rows;

pub(crate) use act::new_files;
pub use act::{Acted, Target, act, number, number_sequence};
pub use alarm::{Alarm, Said, alarms, due, is_overdue};
pub use names::{ActNames, RowNames, answer_values, unit_value};
pub use prepare::{Act, Context, Prepared, Subject, prepare};
pub use rows::{fact, row};
pub use yanpan_packs::vocabulary::{answer_type, of_case as vocabulary, of_unit as unit_vocabulary};
