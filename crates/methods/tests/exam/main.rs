//! `yanpan exam` against the golden cases and on bad input, with the words a user would type.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod bad_input;
mod golden;
mod school;
mod support;
