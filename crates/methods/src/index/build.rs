//! `yanpan index build`: many indicators made one score, by several recipes, with what the ranking owes to each.

use super::input::{self, Input, Named};
use super::outcome::{self, Outcome};
use super::years;
use crate::Report;
use crate::results::{Columns, Destination, Source, extend, summary, write_table};
use serde_json::json;
use std::path::PathBuf;
use yanpan_kernel::problem::{PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::composites::{Aim, simplex_draws};

/// What to do about missing values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Missing {
    /// 报错 / Refuse
    Refuse,
    /// 用有的指标,权重重新分配 / Use what is there, weights rescaled
    Available,
    /// 用中位数补 / Fill with the median
    Median,
}

/// Whose score is split into contributions and changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Scheme {
    /// 等权 / Equal weights
    Equal,
    /// 熵权 / Entropy weights
    Entropy,
    /// CRITIC 权重 / CRITIC weights
    Critic,
    /// 给定权重 / Given weights
    Given,
}

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan index build --input indicators.csv --negative Illiteracy,Murder,Frost --output units.csv --weights-output weights.csv\n  --indicators 方向表: indicator,direction[,target,low,high,min,max,weight]"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 单位列,不写则取 unit 列或第一列 / Column of unit names
    #[arg(long, value_name = "COLUMN")]
    pub unit: Option<String>,
    /// 指标方向表 / Table of indicators with direction, target or interval, goalposts and weight
    #[arg(long, value_name = "FILE")]
    pub indicators: Option<PathBuf>,
    /// 越小越好的指标,逗号分隔 / Indicators of which less is better
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub negative: Vec<String>,
    /// 给定权重表 / Table of given weights: indicator,weight (or the output of `index ahp`)
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    /// 权重抽样表,一列一个指标 / Table of weight draws, one column per indicator
    #[arg(long, value_name = "FILE")]
    draws: Option<PathBuf>,
    /// 没有抽样表时随机抽多少组权重 / Number of random weight draws without a table
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    n_draws: u32,
    /// 随机种子 / Seed of the draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 几何合成的下限 / Floor of the geometric mean
    #[arg(long, default_value_t = 0.01)]
    floor: f64,
    /// 缺值怎么办 / What to do about missing values
    #[arg(long, value_enum, default_value = "refuse")]
    pub missing: Missing,
    /// 学生数列(差异系数)/ Column of pupils, for the differing coefficient
    #[arg(long, value_name = "COLUMN")]
    pub pupils: Option<String>,
    /// 分解用哪套权重 / Whose weights are split into contributions
    #[arg(long, value_enum)]
    scheme: Option<Scheme>,
    /// 权重表写到 / Where to write the weights
    #[arg(long, value_name = "OUT.csv")]
    weights_output: Option<PathBuf>,
    /// 各指标的贡献写到 / Where to write each indicator's contribution
    #[arg(long, value_name = "OUT.csv")]
    contributions: Option<PathBuf>,
    /// 上一年的数据,作同比分解 / Last year's data, for the decomposition of change
    #[arg(long, value_name = "FILE", requires = "decomposition")]
    previous: Option<PathBuf>,
    /// 同比分解写到 / Where to write the decomposition of change
    #[arg(long, value_name = "OUT.csv", requires = "previous")]
    decomposition: Option<PathBuf>,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    crate::cells::share(args.floor, "floor")?;
    let data = args.source.read()?;
    let input = input::read(args, &data.table)?;
    let given = input::weights(args, &input.indicators)?;
    if args.scheme == Some(Scheme::Given) && given.is_none() {
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("name", &"scheme"),
            ("value", &"given"),
            ("reason", &"没有给定权重:请写 --weights 或方向表的 weight 列"),
        ];
        return Err(vec![Problem::new(&PARAMETER_INVALID, values).at(Place::field("scheme"))]);
    }
    let (draws, origin) = match &args.draws {
        Some(path) => {
            let (draws, file) = input::draws(path, &input.indicators)?;
            (draws, json!({ "sha256": file.sha256 }))
        }
        None => {
            let count = args.n_draws as usize;
            (simplex_draws(count, input.indicators.len(), args.seed), json!({ "n": count, "seed": args.seed }))
        }
    };
    let mut report = summary("index build", parameters(args, &input, origin), &data.sha256);
    let outcome = Outcome::of(&input, given, &draws, args.floor)?;
    extend(&mut report, outcome.summary());
    extend(&mut report, outcome::inequality(&input, &outcome));
    outcome.warnings(&mut report);
    args.destination.write(&outcome.units(&input), &report, progress)?;
    if let Some(path) = &args.weights_output {
        write_table(path, &outcome.weights(&input))?;
    }
    let scheme = args.scheme.unwrap_or(if outcome.given.is_some() { Scheme::Given } else { Scheme::Equal });
    if let Some(path) = &args.contributions {
        write_table(path, &shares(&input, &outcome, scheme))?;
    }
    if let (Some(previous), Some(path)) = (&args.previous, &args.decomposition) {
        write_table(path, &years::decomposition(args, (&input, &outcome), scheme, previous)?)?;
    }
    Ok(report)
}

fn parameters(args: &Args, input: &Input, draws: serde_json::Value) -> serde_json::Value {
    let missing = match args.missing {
        Missing::Refuse => "refuse",
        Missing::Available => "available",
        Missing::Median => "median",
    };
    let indicators: Vec<_> = input.indicators.iter().map(said).collect();
    json!({ "indicators": indicators, "missing": missing, "floor": args.floor, "draws": draws })
}

fn said(named: &Named) -> serde_json::Value {
    let aim = match named.indicator.aim {
        Aim::Higher => json!(1),
        Aim::Lower => json!(-1),
        Aim::Target(target) => json!({ "target": target }),
        Aim::Interval(low, high) => json!({ "low": low, "high": high }),
    };
    json!({ "indicator": named.name, "direction": aim, "goalposts": named.indicator.goalposts })
}

fn shares(input: &Input, outcome: &Outcome, scheme: Scheme) -> Columns {
    let mut table = Columns::default();
    table.add("unit", input.units.iter().map(String::as_str));
    let shares = yanpan_statistics::composites::contributions(&outcome.scaled, outcome.weights_of(scheme));
    for (named, column) in input.indicators.iter().zip(shares) {
        table.add(format!("contribution_{}", named.name), column);
    }
    table
}
