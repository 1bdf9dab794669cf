//! `yanpan exam` against the golden cases and on bad input, with the words a user would type.

mod golden;
mod support;
