//! `yanpan serve`.

use crate::outcome::Outcome;
use clap::Args as ClapArgs;
use std::path::PathBuf;

/// Words of `serve`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 数据目录 / Data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// 监听地址 / Address
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8420")]
    listen: String,
}

/// Runs the server.
pub async fn run(args: Args) -> Outcome {
    let _ = (args.data, args.listen);
    Outcome::default()
}
