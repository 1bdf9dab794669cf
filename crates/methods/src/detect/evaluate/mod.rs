//! `yanpan detect evaluate`: what every detector really does, written between the marks of a page.

mod golden;
mod page;
mod plots;
mod roster;
mod scans;
mod tables;

use crate::Report;
use indicatif::{ProgressBar, ProgressDrawTarget};
use std::path::PathBuf;
use yanpan_kernel::problem::Problem;

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct EvaluateArgs {
    /// 结果:Markdown 页;页中若有 measured 标记,只换标记之间的内容 / Markdown page; only the part between its marks is replaced
    #[arg(long)]
    output: PathBuf,
    /// 每种模拟的序列数 / Simulated series per scenario
    #[arg(long, default_value_t = 200)]
    series: u64,
    /// 随机种子 / Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 比较时统一的误报率(每单位每日)/ Common false-alarm rate per unit and day
    #[arg(long, default_value_t = 0.01)]
    rate: f64,
    /// 暴发规模(基线标准差的倍数)/ Outbreak size in baseline standard deviations
    #[arg(long, default_value_t = 5.0)]
    size: f64,
    /// 真实序列的文件夹(每例一个子文件夹,内有 input.csv 和 meta.json)/ Folder of real series, a case each
    #[arg(long)]
    golden: Option<PathBuf>,
    /// 把各方法的示例图写到这个文件夹 / Folder for a plot of each method
    #[arg(long)]
    plots: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A file cannot be read or written.
pub(super) fn evaluate(args: &EvaluateArgs, progress: bool) -> Result<Report, Vec<Problem>> {
    if let Some(folder) = &args.plots {
        plots::write(folder, args.seed)?;
    }
    let bar = ProgressBar::new(tables::steps() + 2);
    if !progress {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let mut text = tables::rates(args, &bar);
    text.push_str(&tables::comparison(args, &bar));
    if let Some(folder) = &args.golden {
        text.push_str(&golden::table(args, folder)?);
    }
    bar.inc(1);
    text.push_str(&scans::table(args));
    bar.finish_and_clear();
    page::put(&args.output, &text)?;
    let mut report = Report::new();
    report.insert("series".to_owned(), args.series.into());
    Ok(report)
}
