//! Runs a line of words as the binary would, in a folder of its own.

use clap::Parser;
use std::path::PathBuf;
use tempfile::TempDir;
use yanpan_kernel::problem::Problem;
use yanpan_methods::table::Table;
use yanpan_methods::{Method, Report};

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    method: Method,
}

/// A folder with input files; results are read back from it.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> &Self {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    /// Runs words split at blanks; `@name` is a file of the folder.
    pub fn run(&self, words: &str) -> Result<Report, Vec<Problem>> {
        let words = words.split_whitespace().map(|word| match word.strip_prefix('@') {
            Some(name) => self.path(name).display().to_string(),
            None => word.to_owned(),
        });
        let line = Line::try_parse_from(std::iter::once("yanpan".to_owned()).chain(words));
        yanpan_methods::run(line.unwrap_or_else(|error| panic!("{error}")).method, false)
    }

    pub fn table(&self, name: &str) -> Table {
        Table::read(&self.path(name)).unwrap()
    }
}

/// A file of a golden case.
pub fn golden(case: &str, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case).join(name)
}
