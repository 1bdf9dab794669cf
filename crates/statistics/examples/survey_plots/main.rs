//! Draws the plots of the survey pages into a folder: `cargo run -p yanpan-statistics --example survey_plots -- docs/methods`.

mod composites;
mod rates;
mod samples;
mod svg;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("usage: survey_plots FOLDER");
        return ExitCode::from(2);
    };
    let plots = [
        ("rates-shrinkage.svg", rates::shrinkage()),
        ("rates-funnel.svg", rates::funnel()),
        ("trend.svg", rates::trend()),
        ("raking.svg", samples::raking()),
        ("reliability.svg", samples::reliability_by_straight_lines()),
        ("crosstab.svg", samples::association()),
        ("suppression.svg", samples::suppression()),
        ("composites.svg", composites::ranks()),
        ("ahp.svg", composites::consistency()),
    ];
    for (name, text) in plots {
        if let Err(error) = std::fs::write(folder.join(name), text) {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
