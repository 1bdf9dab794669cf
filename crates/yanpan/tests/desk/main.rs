//! What an office reads: reports, indicators, the audit trail, over HTTP and years later, when personal values are gone.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a story that goes wrong must fail loudly")]

mod indicators;
mod installation;
mod reports;
mod retention;
mod world;
