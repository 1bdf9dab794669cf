//! Refusals of the library as placed problems in Chinese.

use super::reader::Marks;
use yanpan_kernel::problem::{METHOD_REFUSED, PARAMETER_INVALID, Place, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::exams::Error;

/// The problem at a known cell.
#[must_use]
pub fn at_cell(error: &Error, marks: &Marks, row: usize, column: usize) -> Problem {
    refused(error, marks).at(marks.place(row, column))
}

/// The problem, placed where the error says.
#[must_use]
pub fn refused(error: &Error, marks: &Marks) -> Problem {
    let file = Place { file: Some(marks.file.clone()), ..Place::default() };
    let of_column = |column: usize| Place { column: marks.names.get(column).cloned(), ..file.clone() };
    let said = |reason: String| Problem::new(&METHOD_REFUSED, &[("reason", &reason)]);
    let range =
        |value: f64, reason: String| Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &value), ("reason", &reason)]);
    match error {
        Error::TooFewPupils { needed, found } => {
            said(format!("有成绩的学生只有 {found} 名,至少要 {needed} 名")).at(file)
        }
        Error::TooFewItems { needed, found } => {
            said(format!("能分析的题只有 {found} 道,至少要 {needed} 道(全对、全错或全空的题不算)")).at(file)
        }
        Error::Ragged { column, expected, found } => {
            said(format!("这一列有 {found} 个分数,第一列有 {expected} 个")).at(of_column(*column))
        }
        Error::AboveFull { row, column, value, limit } => {
            range(*value, format!("高于满分 {limit}")).at(marks.place(*row, *column))
        }
        Error::NotCategory { row, column, value } => {
            range(*value, "模型只接受 0 到 63 的整数分".to_owned()).at(marks.place(*row, *column))
        }
        Error::NotDichotomous { column, categories, model } => {
            said(format!("这道题有 {categories} 种得分,模型 {model} 只用于对错题;请改用 pcm、gpcm、graded 或 mixed"))
                .at(of_column(*column))
        }
        Error::Parameter { name, value, reason } => {
            Problem::new(&PARAMETER_INVALID, &[("name", name), ("value", value), ("reason", reason)])
                .at(Place::field(*name))
        }
        Error::Numeric(reason) => said((*reason).to_owned()).at(file),
    }
}
