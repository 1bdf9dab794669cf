//! `yanpan survey alpha`: reliability of a scale and what each item adds.

use super::items::{Items, refuse};
use crate::Report;
use crate::cells::share;
use crate::results::{Columns, Destination, Source, extend, summary, warn};
use serde_json::{Value, json};
use yanpan_kernel::problem::Problem;
use yanpan_statistics::surveys::scales::{ItemFit, Missing, covariance, reliability};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan survey alpha --input answers.csv --items q1,q2,q3 --reverse q2 --scale 1,5 --output items.csv"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    #[command(flatten)]
    items: Items,
    /// 缺答怎么办 / What to do about missing answers
    #[arg(long, value_enum, default_value = "pairwise")]
    missing: Gaps,
    /// 区间的置信水平 / Level of the interval
    #[arg(long, default_value_t = 0.95)]
    level: f64,
}

/// The library's two ways under their names on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Gaps {
    /// 每两题用都答了的人 / Each pair of items uses those who answered both
    Pairwise,
    /// 只用全答的人 / Only those who answered everything
    Listwise,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    share(args.level, "level")?;
    let data = args.source.read()?;
    let (names, responses) = args.items.read(&data, &[])?;
    let (missing, said) = match args.missing {
        Gaps::Pairwise => (Missing::Pairwise, "pairwise"),
        Gaps::Listwise => (Missing::Listwise, "listwise"),
    };
    let covariance = covariance(&responses, missing).map_err(|error| refuse(&error, &names, &data))?;
    let rows = if missing == Missing::Pairwise { responses.rows() } else { covariance.complete };
    let (whole, items) = reliability(&covariance, rows, args.level);
    let parameters = json!({
        "items": names, "reverse": args.items.reverse, "scale": args.items.scale, "missing": said, "level": args.level,
    });
    let mut report = summary("survey alpha", parameters, &data.sha256);
    extend(&mut report, serde_json::to_value(whole).unwrap_or(Value::Null));
    extend(&mut report, json!({ "rows": responses.rows(), "complete_rows": covariance.complete }));
    let turned: Vec<&str> =
        items.iter().zip(&names).filter(|(item, _)| item.r_rest < 0.0).map(|(_, name)| name.as_str()).collect();
    if !turned.is_empty() {
        warn(&mut report, format!("与其余题目负相关,可能是反向题没有翻转:{}", turned.join("、")));
    }
    if whole.alpha > 0.95 {
        warn(&mut report, "α 大于 0.95:题目几乎重复,或有人一路选同一个答案(请看 survey careless)");
    }
    args.destination.write(&table(&names, &items), &report, progress)?;
    Ok(report)
}

fn table(names: &[String], items: &[ItemFit]) -> Columns {
    let mut table = Columns::default();
    table.add("item", names.iter().map(String::as_str));
    table.add("n", items.iter().map(|item| item.n));
    table.add("mean", items.iter().map(|item| item.mean));
    table.add("sd", items.iter().map(|item| item.sd));
    table.add("r_total", items.iter().map(|item| item.r_total));
    table.add("r_rest", items.iter().map(|item| item.r_rest));
    table.add("alpha_if_deleted", items.iter().map(|item| item.alpha_if_deleted));
    table
}
