//! Rules about the words in a file.

use crate::{finding::Finding, layout, source::Source};
use std::path::Path;

/// Imports that belong in one place only: start of the path, crates that may, why.
const PLACES: &[(&str, &[&str], &str)] = &[
    ("sea_orm", &["store"], "SQL for storage only in store"),
    ("sqlx", &["store"], "SQL for storage only in store"),
    ("datafusion", &["analysis"], "DataFusion types only in analysis"),
    ("axum", &["api"], "axum only in api"),
    ("rust_xlsxwriter", &["sheets"], "workbooks are written in sheets only"),
    ("typst", &["documents"], "documents are written in documents only"),
];

/// Endings that say nothing of what a type is.
const EMPTY_ENDINGS: [&str; 6] = ["Manager", "Helper", "Util", "Service", "Data", "Info"];

/// Checks one file.
pub fn check(file: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !file.ends(".rs") || file.path.starts_with("xtask/") {
        return findings;
    }
    let own = file.path.split('/').nth(1).unwrap_or_default();
    for (at, line) in file.text.lines().enumerate() {
        let mut found = |what: String| findings.push(Finding::new(file.path.as_str(), at + 1, what));
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        for (start, crates, why) in PLACES {
            let used = code.starts_with(&format!("use {start}::")) || code.contains(&format!(" {start}::"));
            if used && !crates.contains(&own) && !file.is_test() {
                found(format!("{start}: {why}"));
            }
        }
        for mark in ["TODO", "FIXME", "unimplemented!", "todo!("] {
            if line.contains(mark) {
                found(format!("unfinished: {mark}"));
            }
        }
        if code.starts_with("#[allow(") || code.starts_with("#![allow(") {
            found("use #[expect(…, reason = …)]".to_owned());
        }
        if let Some(name) = type_name(code)
            && EMPTY_ENDINGS.iter().any(|ending| name.ends_with(ending))
        {
            found(format!("{name} says nothing of what it is"));
        }
    }
    findings
}

/// The name of a type that a line defines.
fn type_name(code: &str) -> Option<&str> {
    let rest = ["pub ", "pub(crate) ", "pub(super) "].iter().find_map(|word| code.strip_prefix(word)).unwrap_or(code);
    let rest = ["struct ", "enum ", "trait "].iter().find_map(|word| rest.strip_prefix(word))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// No pack's name in the code: an eleventh system is a folder (invariant 8).
pub fn pack_names(root: &Path, files: &[Source]) -> Vec<Finding> {
    let packs = layout::packs(root);
    let code = |file: &&Source| {
        (file.path.starts_with("crates/") || file.path.starts_with("web/"))
            && [".rs", ".ts", ".vue"].iter().any(|ending| file.ends(ending))
            && !file.is_test()
    };
    let mut findings = Vec::new();
    for file in files.iter().filter(code) {
        for (at, line) in file.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for pack in packs.iter().filter(|pack| line.contains(pack.as_str())) {
                findings.push(Finding::new(file.path.as_str(), at + 1, format!("names the pack {pack} (invariant 8)")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn storage_sql_outside_the_store_is_found() {
        assert_eq!(check(&source("crates/api/src/a.rs", "use sea_orm::Statement;\n")).len(), 1);
        assert!(check(&source("crates/store/src/a.rs", "use sea_orm::Statement;\n")).is_empty());
    }

    #[test]
    fn an_empty_name_is_found() {
        assert_eq!(check(&source("crates/app/src/a.rs", "pub struct CaseManager;\n")).len(), 1);
        assert!(check(&source("crates/app/src/a.rs", "pub struct Database;\n")).is_empty());
    }
}
