//! Writes what failed in a workbook as its own workbook, and a template: `… --example give_back -- TARGET.json FILE OUT.xlsx [TEMPLATE.xlsx]`

use std::process::ExitCode;
use yanpan_sheets::layout::{self, Hints};
use yanpan_sheets::rejects::{self, Rejected};
use yanpan_sheets::rows::{self, Reading, Row};
use yanpan_sheets::{Limits, Target, read, write};

fn run(arguments: &[String]) -> Result<(), String> {
    let [target, file, out, rest @ ..] = arguments else { return Err("give_back TARGET.json FILE OUT.xlsx".into()) };
    let said = |error: std::io::Error| error.to_string();
    let target: Target =
        serde_json::from_slice(&std::fs::read(target).map_err(said)?).map_err(|error| error.to_string())?;
    let bytes = std::fs::read(file).map_err(said)?;
    let workbook = read::workbook(&bytes, file, &Limits::default()).map_err(|problem| problem.to_string())?;
    let layout = layout::find(&workbook, &target, &Hints::default());
    let read: Vec<Vec<Row>> =
        layout.found.iter().map(|found| rows::read(&workbook, found, &target, Reading::default()).collect()).collect();
    let tables: Vec<Rejected<'_>> = layout
        .found
        .iter()
        .zip(&read)
        .map(|(found, rows)| Rejected { found, rows: rows.iter().filter(|row| !row.is_good()).collect() })
        .collect();
    let rejected = rejects::workbook(&bytes, &workbook, &tables).map_err(|problem| problem.to_string())?;
    std::fs::write(out, rejected).map_err(said)?;
    if let Some(path) = rest.first() {
        let template = write::template(&target, &[]).map_err(|problem| problem.to_string())?;
        std::fs::write(path, template).map_err(said)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
