//! `yanpan demo`.

use crate::outcome::Outcome;
use clap::Args as ClapArgs;
use std::path::PathBuf;

/// Words of `demo`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 数据目录 / Data folder
    #[arg(long, value_name = "DIR", default_value = "yanpan-demo")]
    data: PathBuf,
}

/// Makes the demo city.
pub async fn run(args: Args) -> Outcome {
    let _ = args.data;
    Outcome::default()
}
