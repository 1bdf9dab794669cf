//! Cases: acts, pages, timelines, deadlines.

mod act;
mod alarm;
mod bulk;
mod names;
mod offer;
mod prepare;
mod rows;
mod shown;
mod todo;
mod who;

pub(crate) use act::new_files;
pub use act::{Acted, Target, act, files, number, number_sequence};
pub use alarm::{Alarm, Said, alarms, due, is_overdue};
pub use bulk::{Refused, act_on_many};
pub use names::{ActNames, RowNames, answer_values, unit_value};
pub use offer::{Offer, offers, openings};
pub use prepare::{Act, Context, Prepared, Subject, prepare};
pub use rows::{fact, overdue_days, row, summary};
pub use shown::{masked, reads_personal, shown};
pub use todo::{Todo, is_next, todo, todo_rows};
pub use who::{act_title, who_may};
pub use yanpan_packs::vocabulary::{answer_type, of_case as vocabulary, of_unit as unit_vocabulary};
