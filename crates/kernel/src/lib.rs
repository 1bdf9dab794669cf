//! The thirteen words as types, states and pure transitions; calendar and periods; the Problem catalogue.

pub mod calendar;
pub mod period;
pub mod problem;
