//! `yanpan exam`: the classical table, standard scores, item response models and linking, from tables to tables.

mod ctt;
mod irt;
mod items;
mod link;
mod marks;
mod output;
mod reader;
mod recovery;
mod scores;
mod verdict;

use crate::Report;
use clap::Subcommand;
use yanpan_kernel::problem::Problem;

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    part: Box<Part>,
}

#[derive(Debug, Subcommand)]
enum Part {
    /// 经典分析:难度、区分度、信度 / Classical table: difficulty, discrimination, reliability
    Ctt(ctt::Args),
    /// 标准分、名次、百分等级 / Standard scores, ranks, percentile ranks
    Scores(scores::Args),
    /// 项目反应模型 / Item response models
    Irt(Box<irt::Args>),
    /// 两卷等值链接 / Linking two papers over common items
    Link(link::Args),
    /// 模拟检验:参数能否还原 / Recovery of known parameters by simulation
    Recovery(recovery::Args),
}

/// Runs the command.
///
/// # Errors
/// All problems of the input, each at its file, row and column.
pub fn run(args: Args, progress: bool) -> Result<Report, Vec<Problem>> {
    match *args.part {
        Part::Ctt(args) => ctt::run(&args, progress),
        Part::Scores(args) => scores::run(&args, progress),
        Part::Irt(args) => irt::run(&args, progress),
        Part::Link(args) => link::run(&args, progress),
        Part::Recovery(args) => recovery::run(&args, progress),
    }
}
