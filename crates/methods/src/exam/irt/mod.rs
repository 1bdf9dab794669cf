//! `yanpan exam irt`: fits item response models and writes parameters, scores, information and fit.

mod choice;
mod fit_tables;
mod groups;
mod parameters;
mod plot;
mod progress;
mod pupils;
mod summary;

use super::items::{Loaded, Source, load};
use super::output::{Sheet, number};
use super::verdict::refused;
use crate::Report;
use crate::results::{talk, write_summary};
use choice::Choice;
pub use choice::Kind;
use std::path::PathBuf;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::exams::irt::{
    Fit, ItemFit, ModelFit, PupilScore, Responses, Settings, Wanted, fit, information, item_fit, model_fit, score,
};
use yanpan_statistics::exams::{Error, on_threads};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan exam irt --input marks.csv --model 2pl --output params.csv --scores scores.csv --summary fit.json\n  yanpan exam irt --input marks.csv --items items.csv --model mixed --output-dir out --m2   (items.csv: item,model;每题可用不同模型 / a model per item)"
)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    choice: Choice,
    /// 参数输出(CSV:item,par,est,se);旁边另存同名 .json 摘要 / Parameters; the summary is written beside as .json
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
    /// 题目拟合 S-X² 输出(CSV)/ Item fit S-X²
    #[arg(long)]
    item_fit: Option<PathBuf>,
    /// 每题一页图(SVG)写入此目录 / One plot per item: curve, information, fit
    #[arg(long)]
    plots: Option<PathBuf>,
    /// 计算 M2(题目不超过 70 道、无缺失)/ Compute M2
    #[arg(long)]
    m2: bool,
    #[command(flatten)]
    groups: groups::Grouping,
    /// 摘要另存到这里(JSON)/ Where to write the summary instead
    #[arg(long)]
    summary: Option<PathBuf>,
    /// 以上全部写入此目录 / Folder for all of the above
    #[arg(long)]
    output_dir: Option<PathBuf>,
}

impl Args {
    fn fit_wanted(&self) -> bool {
        self.item_fit.is_some() || self.output_dir.is_some() || self.plots.is_some()
    }

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
    item_fit: Option<Vec<ItemFit>>,
    model_fit: Option<ModelFit>,
}

/// Runs the command.
///
/// # Errors
/// All problems of the input.
pub fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let loaded = load(&args.source, args.groups.group.as_deref())?;
    let refuse = |error: Error| vec![refused(&error, &loaded.marks)];
    let responses = Responses::new(&loaded.matrix, args.choice.blank_is_zero()).map_err(refuse)?;
    let settings = args.choice.settings(&loaded, &responses)?;
    let grouped = groups::read(&args.groups, &args.source)?;
    let analysis = on_threads(args.source.threads, || analyse(args, responses, settings, progress))
        .and_then(|analysis| analysis)
        .map_err(refuse)?;
    let mut report = write(args, &loaded, &analysis, progress)?;
    if let Some(grouped) = grouped {
        let means = grouped.run(&args.groups, &analysis).map_err(refuse)?;
        let path = args.path(args.groups.group_means.as_ref(), "group_means.csv");
        means.write(path.as_deref())?;
        report.insert("group_means".to_owned(), means.json);
    }
    if progress {
        talk(&report);
    }
    let summary = args.path(args.summary.as_ref(), "summary.json");
    write_summary(&report, args.output.as_deref(), summary.as_deref())?;
    Ok(report)
}

fn analyse(args: &Args, responses: Responses, settings: Settings, progress: bool) -> Result<Analysis, Error> {
    let bar = progress::Bar::new(progress);
    let fit = fit(&responses, &settings, &mut |cycle| bar.show(cycle))?;
    bar.finish();
    let scores = score(&responses, &fit, &settings.nodes, Wanted { map: true, wle: true });
    let item_fit = if args.fit_wanted() { item_fit(&responses, &fit, &settings.nodes) } else { None };
    let model_fit = if args.m2 { model_fit(&responses, &fit, &settings.nodes) } else { None };
    Ok(Analysis { responses, settings, fit, scores, item_fit, model_fit })
}

fn write(args: &Args, loaded: &Loaded, analysis: &Analysis, progress: bool) -> Result<Report, Vec<Problem>> {
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
    if let (Some(path), Some(rows)) = (args.path(args.item_fit.as_ref(), "itemfit.csv"), &analysis.item_fit) {
        fit_tables::table(loaded, analysis, rows).write(Some(&path), false)?;
    }
    if let Some(folder) = &args.plots {
        plot::write(folder, loaded, analysis)?;
    }
    Ok(summary::report(args, loaded, analysis))
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
