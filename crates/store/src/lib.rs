//! The store: every port of the use cases on SQLite and PostgreSQL, one code path for both.
//!
//! [`Opened`] is the [`Store`](yanpan_app::ports::Store). One writer task commits in groups; readers get snapshots. The SQL
//! of each noun is in the file of that name, the schema in `migrations/`.

mod backup;
mod case;
mod enrolment;
mod entry;
mod fault;
mod file;
mod import;
mod job;
mod log;
mod migration;
mod notice;
mod opened;
mod person;
mod report;
mod round;
mod session;
mod sql;
mod transaction;
mod unit;
mod writer;

pub use backup::{restore_postgres, restore_sqlite};
pub use opened::{Durability, Opened};
