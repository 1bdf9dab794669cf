//! What a school reads first: 一分三率, bands, effective cuts, grade scores, knowledge points.

mod assign;
mod bands;
mod effective;
mod knowledge;
mod proportion;

pub use assign::{Grade, GradeScore, assign, eight_grades, five_grades};
pub use bands::{Band, bands};
pub use effective::{Effective, SubjectCut, effective};
pub use knowledge::{Knowledge, knowledge};
pub use proportion::{Proportion, Rates, Thresholds, above_mean_rate, rates};

#[cfg(test)]
mod tests;
