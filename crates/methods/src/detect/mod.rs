//! `yanpan detect`: one method over a table of counts.

mod bag;
mod charts;
mod choose;
mod counts;
mod evaluate;
mod output;
mod params;
mod problems;
mod reports;
mod scan;
mod school;

use crate::Report;
use choose::Detector;
use std::path::PathBuf;
use yanpan_kernel::problem::{Problem, USAGE};
use yanpan_statistics::detection::Mode;

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    kit: Option<Kit>,
    #[command(flatten)]
    single: Option<Single>,
}

/// What else the command can do.
#[derive(Debug, clap::Subcommand)]
enum Kit {
    /// 在模拟序列上比较全部方法 / Compare all methods on simulated series
    Evaluate(evaluate::EvaluateArgs),
}

/// One method over one table.
#[derive(Debug, clap::Args)]
struct Single {
    /// 方法 / Method
    #[arg(long, value_enum)]
    method: Name,
    /// 参数文件(JSON,用 R 的参数名;可直接用带 control 的 meta.json)/ Parameters as JSON under R's names
    #[arg(long)]
    params: Option<PathBuf>,
    /// 计数表:t[,date],每个单位一列 / Counts: t[,date], one column per unit
    #[arg(long)]
    input: PathBuf,
    /// 结果表 / Output table
    #[arg(long)]
    output: PathBuf,
    /// 与 R surveillance 1.20.3 完全一致的方式 / Agree with R surveillance 1.20.3
    #[arg(long, value_enum)]
    compat: Option<Compat>,
    /// 人口(抵消项)表,与计数表同样的列 / Population table, laid out as the counts
    #[arg(long)]
    population: Option<PathBuf>,
    /// 地点表:location,x,y[,population] / Places: location,x,y[,population]
    #[arg(long)]
    locations: Option<PathBuf>,
    /// 期望数表,与计数表同形 / Expected counts, same shape as the counts
    #[arg(long)]
    baselines: Option<PathBuf>,
    /// 过度离散表,与计数表同形 / Overdispersion, same shape as the counts
    #[arg(long)]
    overdispersion: Option<PathBuf>,
    /// 校历 date,year,week(每个上学日一行):非上学日不判断,与往年同一周、同一星期几比较 / School days; years aligned by week and weekday
    #[arg(long)]
    calendar: Option<PathBuf>,
    /// 报告延迟三角 t,0,1,2,…:补全最近几日尚未报来的病例 / Reporting triangle: completes the latest counts
    #[arg(long)]
    delays: Option<PathBuf>,
    /// 区域表(JSON:从 1 数起的地点编号的列表)/ Zones as JSON lists of location numbers from 1
    #[arg(long)]
    zones: Option<PathBuf>,
}

impl Single {
    /// The mode asked for.
    fn mode(&self) -> Mode {
        if self.compat.is_some() { Mode::R } else { Mode::Correct }
    }
}

/// Names of the methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Name {
    EarsC1,
    EarsC2,
    EarsC3,
    Cusum,
    Bayes,
    Rki,
    Farrington,
    FarringtonFlexible,
    GlrPois,
    GlrNb,
    Delay,
    Ewma,
    ScanPbPoisson,
    ScanEbPoisson,
    ScanEbNegbin,
    ScanPermutation,
}

/// What to agree with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Compat {
    R,
}

/// Runs the command.
///
/// # Errors
/// Every problem of the parameters, then every problem of the tables, each placed.
pub fn run(args: Args, progress: bool) -> Result<Report, Vec<Problem>> {
    match (args.kit, args.single) {
        (Some(Kit::Evaluate(args)), _) => evaluate::evaluate(&args, progress),
        (None, Some(args)) => judge(&args, progress),
        (None, None) => Err(vec![Problem::new(&USAGE, &[("reason", &"需要 --method、--input 和 --output")])]),
    }
}

/// Judges one table.
fn judge(args: &Single, progress: bool) -> Result<Report, Vec<Problem>> {
    let mode = args.mode();
    let (settings, mut bag) = params::read(args.params.as_deref())?;
    if let Some(params) = scan::ScanParams::choose(args.method, &mut bag) {
        let problems = bag.finish();
        return if problems.is_empty() { scan::scan(args, &params, &settings.units) } else { Err(problems) };
    }
    let detector = Detector::choose((args.method, mode), &mut bag);
    let problems = bag.finish();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut panel = counts::Panel::read(&args.input, args.population.as_deref(), &settings)?;
    let reported = args.delays.as_deref().map(|path| reports::complete(path, &mut panel)).transpose()?;
    let school = school::of(args.calendar.as_deref(), &panel, (&detector, mode))?;
    let run = choose::Run { detector: &detector, school: school.as_ref(), monitored: settings.monitored, mode };
    let mut verdicts = choose::judge_all(&run, &panel, progress)?;
    if let Some(reported) = reported {
        for (unit, one) in verdicts.iter_mut().enumerate() {
            let rows: Vec<usize> = one.points.iter().map(|point| point.index).collect();
            one.extras.extend(reported.extras(unit, rows.into_iter()));
        }
    }
    output::write(&args.output, &panel, &verdicts)
}
