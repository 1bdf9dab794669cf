//! `yanpan index`: composite indicators and pairwise judgements.

mod ahp;
mod build;
mod input;
mod outcome;
mod years;

use crate::Report;
use yanpan_kernel::problem::Problem;

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    method: Index,
}

#[derive(Debug, clap::Subcommand)]
enum Index {
    /// 综合指数:标准化、赋权、合成、名次的稳健性、贡献、同比分解 / Composite index with rank intervals over weights
    Build(Box<build::Args>),
    /// 层次分析:两两比较求权重与一致性 / Weights from pairwise judgements, with consistency
    Ahp(ahp::Args),
}

/// Runs the command.
pub fn run(args: Args, progress: bool) -> Result<Report, Vec<Problem>> {
    match args.method {
        Index::Build(args) => build::run(&args, progress),
        Index::Ahp(args) => ahp::run(&args, progress),
    }
}
