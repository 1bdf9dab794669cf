//! `yanpan index`.

use crate::Report;
use yanpan_kernel::problem::Problem;

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: Args, _progress: bool) -> Result<Report, Vec<Problem>> {
    Ok(Report::new())
}
