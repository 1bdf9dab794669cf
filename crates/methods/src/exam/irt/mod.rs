//! `yanpan exam irt`: fits item response models and writes parameters, scores, information and fit.

mod choice;
mod parameters;
mod progress;
mod pupils;
mod summary;

use super::items::{Loaded, Source, load};
use super::output::{Sheet, number, write_summary};
use super::verdict::refused;
use crate::Report;
use choice::Choice;
use std::path::PathBuf;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::exams::irt::{Fit, PupilScore, Responses, Settings, Wanted, fit, information, score};
use yanpan_statistics::exams::{Error, on_threads};

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    choice: Choice,
    /// 参数输出(CSV:item,par,est,se)/ Parameters
    #[arg(long, visible_alias = "params")]
    output: Option<PathBuf>,
    /// 能力值输出(CSV)/ Scores: EAP, MAP, WLE with standard errors
    #[arg(long)]
    scores: Option<PathBuf>,
    /// 难度形式的参数输出(CSV:item,a,b1…)/ Parameters as slope and difficulties
    #[arg(long)]
    difficulties: Option<PathBuf>,
    /// 测验信息量输出(CSV)/ Test and item information
    #[arg(long)]
    information: Option<PathBuf>,
    /// 汇总输出(JSON)/ Summary
    #[arg(long)]
    summary: Option<PathBuf>,
    /// 以上全部写入此目录 / Folder for all of the above
    #[arg(long)]
    output_dir: Option<PathBuf>,
}

impl Args {
    fn path(&self, given: Option<&PathBuf>, name: &str) -> Option<PathBuf> {
        given.cloned().or_else(|| self.output_dir.as_ref().map(|folder| folder.join(name)))
    }
}

/// Everything that was computed.
struct Analysis {
    responses: Responses,
    settings: Settings,
    fit: Fit,
    scores: Vec<PupilScore>,
}

/// Runs the command.
///
/// # Errors
/// All problems of the input.
pub fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let loaded = load(&args.source)?;
    let refuse = |error: Error| vec![refused(&error, &loaded.marks)];
    let responses = Responses::new(&loaded.matrix, args.choice.blank_is_zero()).map_err(refuse)?;
    let settings = args.choice.settings(&loaded, &responses)?;
    let analysis = on_threads(args.source.threads, || analyse(responses, settings, progress))
        .and_then(|analysis| analysis)
        .map_err(refuse)?;
    write(args, &loaded, &analysis, progress).map_err(|problem| vec![problem])
}

fn analyse(responses: Responses, settings: Settings, progress: bool) -> Result<Analysis, Error> {
    let bar = progress::Bar::new(progress);
    let fit = fit(&responses, &settings, &mut |cycle| bar.show(cycle))?;
    bar.finish();
    let scores = score(&responses, &fit, &settings.nodes, Wanted { map: true, wle: true });
    Ok(Analysis { responses, settings, fit, scores })
}

fn write(args: &Args, loaded: &Loaded, analysis: &Analysis, progress: bool) -> Result<Report, Problem> {
    let output = args.path(args.output.as_ref(), "params.csv");
    parameters::table(loaded, analysis).write(output.as_deref(), progress)?;
    if let Some(path) = args.path(args.difficulties.as_ref(), "params_irt.csv") {
        parameters::difficulties(loaded, analysis).write(Some(&path), false)?;
    }
    if let Some(path) = args.path(args.scores.as_ref(), "scores.csv") {
        pupils::table(analysis).write(Some(&path), false)?;
    }
    if let Some(path) = args.path(args.information.as_ref(), "testinfo.csv") {
        curves(args, loaded, analysis).write(Some(&path), false)?;
    }
    let report = summary::report(args, loaded, analysis);
    write_summary(&report, args.path(args.summary.as_ref(), "summary.json").as_deref())?;
    Ok(report)
}

/// Test information from −4 to 4 in quarters, then each item's.
fn curves(args: &Args, loaded: &Loaded, analysis: &Analysis) -> Sheet {
    let items = &analysis.fit.items;
    let names = analysis.responses.columns.iter().map(|column| loaded.matrix.names.get(*column).cloned());
    let first = ["theta".to_owned(), format!("info_{}", args.choice.model.name())];
    let columns: Vec<String> = first.into_iter().chain(names.flatten()).collect();
    let mut sheet = Sheet::new(&columns);
    for step in 0..=32 {
        let theta = f64::from(step) * 0.25 - 4.0;
        let each: Vec<f64> = items.iter().map(|item| information(item, theta)).collect();
        let total: f64 = each.iter().sum();
        sheet.row([theta, total].into_iter().chain(each).map(number));
    }
    sheet
}
