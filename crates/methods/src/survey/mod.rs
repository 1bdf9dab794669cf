//! `yanpan survey`: rates, weights, tables, scales and small cells.

mod alpha;
mod careless;
mod counts;
mod crosstab;
mod items;
mod margins;
mod rake;
mod rates;
mod suppress;

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
    /// 交叉表:χ²、Cramér V 与区间、各格残差 / Two-way table with χ², Cramér's V and residuals
    Crosstab(crosstab::Args),
    /// 量表信度:α 与区间、λ2、删题后的 α / Reliability of a scale
    Alpha(alpha::Args),
    /// 敷衍作答的迹象:长串、花样、马氏距离、用时、陷阱题 / Signs of careless answers, results with and without
    Careless(careless::Args),
    /// 小格隐藏:连同会泄露它的格,并证明算不出来 / Small cells hidden, with proof that they cannot be worked out
    Suppress(suppress::Args),
}

/// Runs the command.
pub fn run(args: Args, progress: bool) -> Result<Report, Vec<Problem>> {
    match args.method {
        Survey::Rates(args) => rates::run(&args, progress),
        Survey::Rake(args) => rake::run(&args, progress),
        Survey::Crosstab(args) => crosstab::run(&args, progress),
        Survey::Alpha(args) => alpha::run(&args, progress),
        Survey::Careless(args) => careless::run(&args, progress),
        Survey::Suppress(args) => suppress::run(&args, progress),
    }
}
