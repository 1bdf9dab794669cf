//! `yanpan exam recovery`: how well a model recovers known parameters at a given size, by simulation.

use super::irt::Kind;
use super::output::{Sheet, number};
use crate::Report;
use crate::results::{Destination, write_summary};
use serde_json::json;
use yanpan_kernel::problem::{METHOD_REFUSED, Problem};
use yanpan_statistics::exams::irt::{
    Design, Guessing, Item, Model, Nodes, RecoveryTable, Settings, Stop, normal_draws, recovery,
};
use yanpan_statistics::exams::{Error, on_threads};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan exam recovery --model 2pl --items 20 --pupils 1000 --replications 500 --seed 1 --output recovery.csv"
)]
pub struct Args {
    /// 模型 / Model
    #[arg(long, value_enum, default_value = "2pl")]
    model: Kind,
    /// 题数 / Items
    #[arg(long, default_value_t = 20)]
    items: usize,
    /// 每道题的等级数(分部计分与等级反应)/ Categories of the models with more than two
    #[arg(long, default_value_t = 4)]
    categories: usize,
    /// 每次模拟的学生数 / Pupils per replication
    #[arg(long, default_value_t = 1000)]
    pupils: usize,
    /// 模拟次数 / Replications
    #[arg(long, default_value_t = 500)]
    replications: usize,
    /// 随机种子 / Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 线程数,0 为全部 / Threads
    #[arg(long, default_value_t = 0)]
    threads: usize,
    #[command(flatten)]
    destination: Destination,
}

/// Runs the command.
///
/// # Errors
/// Sizes out of range; no replication that could be used.
pub fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let table = on_threads(args.threads, || repeat(args))
        .and_then(|table| table)
        .map_err(|error| vec![Problem::new(&METHOD_REFUSED, &[("reason", &error)])])?;
    let columns =
        ["model", "items", "pupils", "par", "bias", "bias_mcse", "rmse", "mean_se", "coverage95", "coverage_mcse"];
    let mut sheet = Sheet::new(&columns);
    for line in &table.lines {
        let first = [args.model.name().to_owned(), args.items.to_string(), args.pupils.to_string()];
        let figures =
            [line.bias, line.bias_error, line.rmse, line.mean_error, line.coverage, line.coverage_error].map(number);
        sheet.row(first.into_iter().chain([line.parameter.to_owned()]).chain(figures));
    }
    let Destination { output, summary } = &args.destination;
    sheet.write(output.as_deref(), progress)?;
    let figures = [
        ("model", json!(args.model.name())),
        ("replications", json!(table.replications)),
        ("used", json!(table.used)),
        ("seed", json!(args.seed)),
    ];
    let report: Report = figures.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    write_summary(&report, output.as_deref(), summary.as_deref())?;
    Ok(report)
}

fn repeat(args: &Args) -> Result<RecoveryTable, Error> {
    for (name, value, least, most) in [
        ("items", args.items, 3, 200),
        ("pupils", args.pupils, 50, 1_000_000),
        ("categories", args.categories, 2, 10),
        ("replications", args.replications, 1, 100_000),
    ] {
        if value < least || value > most {
            return Err(Error::Parameter { name, value: value as f64, reason: "out of range" });
        }
    }
    let model = args.model.of_item(args.categories);
    let items = true_items(args, model);
    let settings = Settings {
        models: vec![model; items.len()],
        nodes: Nodes::new(61, 6.0)?,
        guessing: Some(Guessing { mean: -1.386, sd: 0.5 }),
        stop: Stop::default(),
        errors: true,
    };
    let design = Design { items, pupils: args.pupils, replications: args.replications, seed: args.seed };
    recovery(&design, &settings)
}

/// Slopes lognormal around 1 (SD of the log 0.3), difficulties N(0, 1) with steps 0.8 apart, guessing 0.2.
fn true_items(args: &Args, model: Model) -> Vec<Item> {
    let slopes = normal_draws(args.items, 0.0, 0.3, args.seed ^ 0x5151);
    let difficulties = normal_draws(args.items, 0.0, 1.0, args.seed ^ 0x7272);
    let categories = if model.dichotomous() { 2 } else { args.categories };
    let item = |(slope, difficulty): (&f64, &f64)| {
        let slope = if model.slope_fixed() { 1.0 } else { slope.exp() };
        let middle = (categories - 2) as f64 / 2.0;
        let mut parameters = if model.slope_fixed() { Vec::new() } else { vec![slope] };
        let mut sum = 0.0;
        for step in 0..categories - 1 {
            let at = difficulty + 0.8 * (step as f64 - middle);
            sum = if model == Model::Graded { -slope * at } else { sum - slope * at };
            parameters.push(sum);
        }
        parameters.extend((model == Model::ThreePl).then(|| (0.25_f64).ln()));
        Item { model, categories, parameters }
    };
    slopes.iter().zip(&difficulties).map(item).collect()
}
