//! Several subjects together: effective cuts, 双上线, 临界; and grade scores of one.

use super::super::output::{Sheet, json, number, text};
use crate::table::Table;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use yanpan_kernel::problem::{METHOD_REFUSED, PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::exams::rates::{Grade, SubjectCut, assign, effective, eight_grades, five_grades};

/// Words about subjects, cuts and grades.
#[derive(Debug, Clone, clap::Args)]
pub struct Subjects {
    /// 各科所在的列 / Subject columns, comma-separated
    #[arg(long, value_delimiter = ',', requires = "cut")]
    subjects: Vec<String>,
    /// 总分上线分 / Cut of the total
    #[arg(long, requires = "subjects")]
    cut: Option<f64>,
    /// 临界范围(分)/ Margin around the cut, in points
    #[arg(long, default_value_t = 10.0)]
    margin: f64,
    /// 各科有效分输出(CSV)/ Effective cuts by subject
    #[arg(long)]
    effective: Option<PathBuf>,
    /// 赋分表:3+1+2、eight,或 CSV(grade,share,high,low)/ Grade table
    #[arg(long)]
    grades: Option<String>,
    /// 赋分输出(CSV)/ Grade scores
    #[arg(long, requires = "grades")]
    graded: Option<PathBuf>,
}

impl Subjects {
    /// Whether several subjects were named.
    #[must_use]
    pub fn wanted(&self) -> bool {
        !self.subjects.is_empty()
    }

    /// The options in force, for the summary.
    #[must_use]
    pub fn parameters(&self, column: Option<&str>) -> Value {
        match column {
            Some(column) => json!({"column": column, "grades": self.grades}),
            None => json!({"subjects": self.subjects, "cut": self.cut, "margin": self.margin}),
        }
    }

    /// Effective cuts of the named subjects, as figures; the table goes to `--effective`, else where the result goes.
    ///
    /// # Errors
    /// Missing columns, cells that are no numbers, nobody present in every subject.
    pub fn run(&self, table: &Table, output: Option<&Path>, progress: bool) -> Result<Value, Vec<Problem>> {
        let columns: Vec<Result<usize, Problem>> = self.subjects.iter().map(|name| table.column(name)).collect();
        let mut problems: Vec<Problem> = columns.iter().filter_map(|column| column.as_ref().err().cloned()).collect();
        let columns: Vec<usize> = columns.into_iter().flatten().collect();
        let mut rows = Vec::new();
        for row in 0..table.rows.len() {
            let mut scores = Vec::new();
            for column in &columns {
                let text = table.rows.get(row).and_then(|cells| cells.get(*column)).map_or("", String::as_str);
                match if text == "缺考" || text == "absent" { Ok(None) } else { table.number(row, *column) } {
                    Ok(value) => scores.push(value.filter(|value| value.is_finite())),
                    Err(problem) => problems.push(problem),
                }
            }
            rows.push(scores);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let cut = self.cut.unwrap_or(0.0);
        let found = effective(&rows, cut, self.margin).ok_or_else(|| {
            let place = Place { file: Some(table.file.clone()), ..Place::default() };
            vec![Problem::new(&METHOD_REFUSED, &[("reason", &"没有各科都到考的学生,或总分均值为零")]).at(place)]
        })?;
        self.sheet(&found.subjects).write(self.effective.as_deref().or(output), progress)?;
        let subjects: Vec<Value> = self
            .subjects
            .iter()
            .zip(&found.subjects)
            .map(|(name, one)| {
                json!({"subject": name, "mean": json(one.mean), "cut": json(one.cut),
                "above": one.above_subject, "both": one.above_both})
            })
            .collect();
        Ok(json!({
            "n": found.n, "absent_somewhere": rows.len() - found.n, "mean_total": json(found.mean_total), "cut": json(cut),
            "above_total": found.above_total, "just_below": found.just_below, "just_above": found.just_above,
            "subjects": subjects,
        }))
    }

    fn sheet(&self, found: &[SubjectCut]) -> Sheet {
        let columns =
            ["subject", "mean", "cut", "above_subject", "above_both", "subject_only", "total_only", "hit_rate"];
        let mut sheet = Sheet::new(&columns);
        for (name, one) in self.subjects.iter().zip(found) {
            let above = (one.above_subject > 0).then(|| one.above_both as f64 / one.above_subject as f64);
            let counts = [one.above_subject, one.above_both, one.subject_only, one.total_only];
            let first = [text(name), number(one.mean), number(one.cut)];
            sheet.row(first.into_iter().chain(counts.map(|count| count.to_string())).chain([number(above)]));
        }
        sheet
    }

    /// Writes grade scores of one subject when asked.
    ///
    /// # Errors
    /// A table that cannot be read or does not add up.
    pub fn assign(&self, rows: &[usize], values: &[f64]) -> Result<(), Vec<Problem>> {
        let (Some(name), Some(path)) = (&self.grades, &self.graded) else { return Ok(()) };
        let grades = match name.as_str() {
            "3+1+2" | "five" => five_grades(),
            "eight" => eight_grades(),
            file => read_grades(file)?,
        };
        let assigned = assign(values, &grades).map_err(|_| {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("name", &"grades"), ("value", name), ("reason", &"各等级比例之和应为 1,最高分不低于最低分")];
            vec![Problem::new(&PARAMETER_INVALID, &values).at(Place::field("grades"))]
        })?;
        let mut sheet = Sheet::new(&["row", "score", "grade", "grade_score"]);
        for ((row, value), one) in rows.iter().zip(values).zip(&assigned) {
            let grade = grades.get(one.grade).map_or("", |grade| grade.name.as_str());
            sheet.row([row.to_string(), number(*value), text(grade), number(one.score)]);
        }
        sheet.write(Some(path), false)
    }
}

fn read_grades(file: &str) -> Result<Vec<Grade>, Vec<Problem>> {
    let table = Table::read(std::path::Path::new(file)).map_err(|problem| vec![problem])?;
    let columns = ["grade", "share", "high", "low"].map(|name| table.column(name));
    let missing: Vec<Problem> = columns.iter().filter_map(|column| column.as_ref().err().cloned()).collect();
    let [Ok(name), Ok(share), Ok(high), Ok(low)] = columns else { return Err(missing) };
    let mut problems = Vec::new();
    let mut grades = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let mut read = |column: usize| {
            table.number(row, column).map_err(|problem| problems.push(problem)).ok().flatten().unwrap_or(f64::NAN)
        };
        let (share, high, low) = (read(share), read(high), read(low));
        grades.push(Grade { name: cells.get(name).cloned().unwrap_or_default(), share, high, low });
    }
    if problems.is_empty() { Ok(grades) } else { Err(problems) }
}
