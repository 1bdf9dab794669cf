//! What a command leaves: one JSON object on stdout under `--json`, sentences otherwise; problems on stderr; exit code 0 or 1.

use serde::{Deserialize, Serialize};
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
    /// Lines for people on stderr, which are no problems.
    pub notes: Vec<String>,
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

    /// What is to be printed of it.
    #[must_use]
    pub fn said(mut self) -> Said {
        let failed = self.failed || !self.problems.is_empty();
        let problems = serde_json::to_value(&self.problems).unwrap_or_default();
        self.object.insert("problems".to_owned(), problems);
        let problems = self.problems.iter().map(ToString::to_string);
        let errors = self.notes.into_iter().chain(problems).collect();
        Said { object: self.object, lines: self.lines, errors, failed }
    }

    /// Prints it.
    #[must_use]
    pub fn finish(self, json: bool) -> ExitCode {
        self.said().print(json)
    }
}

/// An outcome in the words in which it is printed, here or on the other side of a socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    object: Map<String, Json>,
    lines: Vec<String>,
    errors: Vec<String>,
    failed: bool,
}

impl Said {
    /// Prints it.
    #[must_use]
    pub fn print(self, json: bool) -> ExitCode {
        let mut errors = std::io::stderr().lock();
        for error in &self.errors {
            // A reader that has gone away is no fault of ours.
            let _ = writeln!(errors, "{error}");
        }
        let mut out = std::io::stdout().lock();
        if json {
            let _ = writeln!(out, "{}", Json::Object(self.object));
        } else {
            for line in &self.lines {
                let _ = writeln!(out, "{line}");
            }
        }
        if self.failed { ExitCode::from(1) } else { ExitCode::SUCCESS }
    }
}

impl From<Vec<Problem>> for Outcome {
    fn from(problems: Vec<Problem>) -> Self {
        Self::refused(problems)
    }
}
