//! What a command leaves: one JSON object on stdout under `--json`, sentences otherwise; problems on stderr; exit code 0 or 1.

use serde_json::{Map, Value as Json};
use std::{io::Write, process::ExitCode};
use yanpan_kernel::problem::Problem;

/// What a command leaves.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Members of the JSON object.
    pub object: Map<String, Json>,
    /// Lines for people.
    pub lines: Vec<String>,
    /// Problems of the input.
    pub problems: Vec<Problem>,
    /// Whether it failed although no problem is listed (a difference found).
    pub failed: bool,
}

impl Outcome {
    /// A line for people.
    pub fn say(&mut self, line: impl Into<String>) -> &mut Self {
        self.lines.push(line.into());
        self
    }

    /// A member of the JSON object.
    pub fn put(&mut self, key: &str, value: impl Into<Json>) -> &mut Self {
        self.object.insert(key.to_owned(), value.into());
        self
    }

    /// An outcome of problems alone.
    #[must_use]
    pub fn refused(problems: Vec<Problem>) -> Self {
        Self { problems, ..Self::default() }
    }

    /// Prints it.
    #[must_use]
    pub fn finish(mut self, json: bool) -> ExitCode {
        let mut errors = std::io::stderr().lock();
        for problem in &self.problems {
            // A reader that has gone away is no fault of ours.
            let _ = writeln!(errors, "{problem}");
        }
        let failed = self.failed || !self.problems.is_empty();
        let mut out = std::io::stdout().lock();
        if json {
            let problems = serde_json::to_value(&self.problems).unwrap_or_default();
            self.object.insert("problems".to_owned(), problems);
            let _ = writeln!(out, "{}", Json::Object(self.object));
        } else {
            for line in &self.lines {
                let _ = writeln!(out, "{line}");
            }
        }
        if failed { ExitCode::from(1) } else { ExitCode::SUCCESS }
    }
}

impl From<Vec<Problem>> for Outcome {
    fn from(problems: Vec<Problem>) -> Self {
        Self::refused(problems)
    }
}
