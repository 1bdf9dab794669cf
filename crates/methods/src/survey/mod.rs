//! `yanpan survey`: rates, weights, tables, scales and small cells.

mod margins;
mod rake;
mod rates;

use crate::Report;
use yanpan_kernel::problem::Problem;

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    method: Survey,
}

#[derive(Debug, clap::Subcommand)]
enum Survey {
    /// 满意率:区间、收缩、漏斗图、多重比较、名次区间 / Rates with intervals, shrinkage, funnel limits and rank intervals
    Rates(rates::Args),
    /// 加权:按总体边际迭代(耙式)加权、截尾、设计效应 / Raking to population margins
    Rake(rake::Args),
}

/// Runs the command.
pub fn run(args: Args, progress: bool) -> Result<Report, Vec<Problem>> {
    match args.method {
        Survey::Rates(args) => rates::run(&args, progress),
        Survey::Rake(args) => rake::run(&args, progress),
    }
}
