//! Shows what the reader sees in a workbook: `cargo run -p yanpan-sheets --example look -- TARGET.json FILE…`

use std::process::ExitCode;
use yanpan_sheets::layout::{self, Hints};
use yanpan_sheets::rows::{self, Reading};
use yanpan_sheets::{Limits, Target, read};

fn look(target: &Target, path: &str) -> Result<(), String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let workbook = read::workbook(&bytes, path, &Limits::default()).map_err(|problem| problem.to_string())?;
    let layout = layout::find(&workbook, target, &Hints::default());
    for problem in layout.problems.iter().chain(&layout.notes) {
        println!("{problem}");
    }
    for found in &layout.found {
        println!("《{}》 {:?} {:?} {:?}", found.name, found.header, found.body, found.context);
        for binding in &found.bindings {
            println!("  {} → {} ({:.2} {:?})", binding.heading, binding.key, binding.confidence, binding.by);
        }
        let mut rows = rows::read(&workbook, found, target, Reading::default());
        let (mut good, mut bad) = (0, 0);
        for row in rows.by_ref() {
            if row.is_good() {
                good += 1;
            } else {
                bad += 1;
            }
            for finding in &row.findings {
                println!("  {} → {:?}", finding.problem, finding.suggestion);
            }
        }
        println!("  {good} good, {bad} bad, skipped {:?}", rows.skipped());
    }
    Ok(())
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let target = arguments.next().and_then(|path| std::fs::read_to_string(path).ok());
    let Some(target) = target.and_then(|text| serde_json::from_str(&text).ok()) else {
        eprintln!("look TARGET.json FILE…");
        return ExitCode::from(2);
    };
    let mut code = ExitCode::SUCCESS;
    for path in arguments {
        if let Err(message) = look(&target, &path) {
            eprintln!("{message}");
            code = ExitCode::FAILURE;
        }
    }
    code
}
