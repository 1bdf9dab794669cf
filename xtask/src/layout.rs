//! Sizes of files, their first line, and what every pack must have.

use crate::{finding::Finding, source::Source};
use std::path::Path;

/// Most lines of a file.
const MOST: usize = 600;

/// Flat lists that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[("web/shared/api/schema.d.ts", "generated from openapi.json")];

/// Checks sizes, opening sentences and packs.
pub fn check(root: &Path, files: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| [".rs", ".ts", ".vue"].iter().any(|ending| file.ends(ending))) {
        let lines = file.text.lines().count();
        if lines > MOST && !LONG.iter().any(|(path, _)| *path == file.path) {
            findings.push(Finding::new(file.path.as_str(), MOST, format!("{lines} lines, at most {MOST}")));
        }
        if file.ends(".rs") && !file.text.starts_with("//!") {
            findings.push(Finding::new(file.path.as_str(), 1, "opens without a `//!` sentence"));
        }
    }
    for pack in packs(root) {
        let scenario = format!("packs/{pack}/tests/");
        if !files.iter().any(|file| file.path.starts_with(&scenario) && file.ends(".scenario.toml")) {
            findings.push(Finding::new(format!("packs/{pack}"), 0, "no scenario test"));
        }
    }
    findings
}

/// Folder names of the packs.
pub fn packs(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root.join("packs")).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Median and ninetieth percentile of the production files.
pub fn sizes(files: &[Source]) -> String {
    let production = files.iter().filter(|file| file.ends(".rs") && !file.is_test());
    let mut lines: Vec<usize> = production.map(|file| file.text.lines().count()).collect();
    lines.sort_unstable();
    let at = |part: usize| lines.get(lines.len() * part / 100).copied().unwrap_or_default();
    format!("production files: {}, median {} lines, p90 {}", lines.len(), at(50), at(90))
}
