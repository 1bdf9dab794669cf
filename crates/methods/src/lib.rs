//! The statistics command line: CSV or xlsx in, CSV and JSON out, every problem at its row and column.
//!
//! The binary mounts [`Method`] as its own subcommands; tests call [`run`] with the same words.

mod cells;
pub mod detect;
mod exam;
mod index;
mod results;
mod survey;
pub mod table;
mod trend;

use clap::Subcommand;
use std::{io::Write, process::ExitCode};
use yanpan_kernel::problem::Problem;

/// The commands that need no installation: tables in, tables out.
#[derive(Debug, Subcommand)]
pub enum Method {
    /// 暴发探测(单独使用)/ Outbreak detection on its own
    Detect(Box<detect::Args>),
    /// 考试分析 / Exam analysis
    Exam(exam::Args),
    /// 调查统计 / Survey statistics
    Survey(survey::Args),
    /// 综合指数 / Composite indicators
    Index(index::Args),
    /// 趋势检验 / Trend tests
    Trend(trend::Args),
}

/// What a command reports on standard output under `--json`.
pub type Report = serde_json::Map<String, serde_json::Value>;

/// Runs one command. `Err` carries every problem found in the input (exit code 1).
///
/// # Errors
/// All problems of the input at once, each at its file, row and column.
pub fn run(method: Method, progress: bool) -> Result<Report, Vec<Problem>> {
    match method {
        Method::Detect(args) => detect::run(*args, progress),
        Method::Exam(args) => exam::run(args, progress),
        Method::Survey(args) => survey::run(args, progress),
        Method::Index(args) => index::run(args, progress),
        Method::Trend(args) => trend::run(args, progress),
    }
}

/// Runs one command and prints its outcome: problems on stderr (and in the JSON object with `json`), exit code 0 or 1.
#[must_use]
pub fn main(method: Method, json: bool) -> ExitCode {
    let outcome = run(method, !json);
    let (report, problems) = match outcome {
        Ok(report) => (report, Vec::new()),
        Err(problems) => (Report::new(), problems),
    };
    for problem in &problems {
        let _ = writeln!(std::io::stderr().lock(), "{problem}");
    }
    if json {
        let mut object = report;
        object.insert("problems".to_owned(), serde_json::to_value(&problems).unwrap_or_default());
        let _ = writeln!(std::io::stdout().lock(), "{}", serde_json::Value::Object(object));
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
