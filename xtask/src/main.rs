//! `cargo xtask tidy`: the house rules that no compiler knows, each finding at its file and line.

mod edges;
mod finding;
mod layout;
mod source;
mod text;

use finding::Finding;
use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let word = std::env::args().nth(1).unwrap_or_default();
    if word != "tidy" {
        eprintln!("usage: cargo xtask tidy");
        return ExitCode::from(2);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let files = source::tracked(root);
    let mut findings: Vec<Finding> = Vec::new();
    findings.extend(edges::check(root));
    findings.extend(layout::check(root, &files));
    for file in &files {
        findings.extend(text::check(file));
    }
    findings.extend(text::pack_names(root, &files));
    for finding in &findings {
        eprintln!("{finding}");
    }
    println!("{}", layout::sizes(&files));
    if findings.is_empty() {
        println!("tidy: {} files, nothing found", files.len());
        ExitCode::SUCCESS
    } else {
        eprintln!("tidy: {} findings", findings.len());
        ExitCode::from(1)
    }
}
