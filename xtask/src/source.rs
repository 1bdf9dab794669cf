//! The files that git tracks or would track, read as text.

use std::{path::Path, process::Command};

/// A text file.
pub struct Source {
    /// Path from the root, with `/`.
    pub path: String,
    /// Text.
    pub text: String,
}

impl Source {
    /// Whether it is written in this language.
    pub fn ends(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    /// Whether it is a test, bench or example.
    pub fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts.iter().any(|part| matches!(*part, "tests" | "benches" | "examples" | "testkit"))
            || self.path.ends_with("tests.rs")
    }
}

/// Every tracked or untracked-and-not-ignored file that is UTF-8.
pub fn tracked(root: &Path) -> Vec<Source> {
    let listed =
        Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(root).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let read = |path: &str| {
        let text = std::fs::read_to_string(root.join(path)).ok()?;
        Some(Source { path: path.to_owned(), text })
    };
    listed.lines().filter_map(read).collect()
}
