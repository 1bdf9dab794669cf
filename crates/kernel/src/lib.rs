//! The thirteen words as types, states and pure transitions; calendar and periods; the Problem catalogue.

pub mod calendar;
pub mod case;
pub mod enrolment;
pub mod entry;
pub mod form;
pub mod id;
pub mod indicator;
pub mod period;
pub mod person;
pub mod problem;
pub mod round;
pub mod unit;
