//! Numeric methods as a library of its own: outbreak detection, surveys, exams and composite indicators.
//!
//! Pure functions over slices and matrices: no files, no clock, no global randomness (a seed is a parameter), and the same
//! bytes for the same input whatever the number of threads.

pub mod composites;
pub mod detection;
pub mod distributions;
pub mod exams;
pub mod surveys;
