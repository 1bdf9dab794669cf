//! Which crate may know which, and what the pure crates may not have anywhere below them.

use crate::finding::Finding;
use std::{path::Path, process::Command};

/// Normal dependencies among our crates. A new edge needs a decision record.
const EDGES: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("rules", &["kernel"]),
    ("packs", &["kernel", "rules"]),
    ("statistics", &[]),
    ("app", &["kernel", "packs", "rules", "statistics"]),
    ("store", &["app", "kernel"]),
    ("analysis", &["app", "kernel"]),
    ("sheets", &["kernel"]),
    ("documents", &["kernel"]),
    ("api", &["app", "kernel", "packs"]),
    ("methods", &["kernel", "sheets", "statistics"]),
    ("testkit", &["app", "kernel", "store"]),
];

/// Crates without an async runtime, database, HTTP or query engine anywhere in their tree.
const PURE: [&str; 4] = ["kernel", "rules", "packs", "statistics"];
const IMPURE: [&str; 8] = ["tokio", "sqlx", "sea-orm", "axum", "hyper", "datafusion", "reqwest", "async-std"];

/// Checks the edges and the purity.
pub fn check(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, allowed) in EDGES {
        let manifest = format!("crates/{name}/Cargo.toml");
        let text = std::fs::read_to_string(root.join(&manifest)).unwrap_or_default();
        for (line, dependency) in ours(&text) {
            if !allowed.contains(&dependency.as_str()) {
                let what = format!("{name} must not depend on {dependency}: see ARCHITECTURE.md, crates");
                findings.push(Finding::new(manifest.as_str(), line, what));
            }
        }
    }
    for name in PURE {
        let package = format!("yanpan-{name}");
        let output = Command::new("cargo")
            .args(["tree", "-p", &package, "-e", "normal", "--prefix", "none", "--locked"])
            .current_dir(root)
            .output();
        let tree = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        if tree.trim().is_empty() {
            findings.push(Finding::new(format!("crates/{name}/Cargo.toml"), 0, "cargo tree said nothing"));
        }
        for impure in IMPURE.iter().filter(|impure| tree.lines().any(|line| line.starts_with(&format!("{impure} ")))) {
            let what = format!("{impure} is in the dependency tree of a pure crate (invariant 1)");
            findings.push(Finding::new(format!("crates/{name}/Cargo.toml"), 0, what));
        }
    }
    findings
}

/// Our crates among the normal dependencies of a manifest, with their lines.
fn ours(manifest: &str) -> Vec<(usize, String)> {
    let mut section = "";
    let mut found = Vec::new();
    for (at, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            section = line;
        }
        if section == "[dependencies]"
            && let Some(name) = line.strip_prefix("yanpan-")
        {
            found.push((at + 1, name.split(['.', ' ', '=']).next().unwrap_or_default().to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_normal_dependencies_count() {
        let manifest = "[dependencies]\nserde.workspace = true\nyanpan-kernel.workspace = true\n[dev-dependencies]\nyanpan-store.workspace = true\n";
        assert_eq!(ours(manifest), vec![(3, "kernel".to_owned())]);
    }
}
