//! `yanpan exam ctt`: the classical table of one paper.

mod groups;

use super::items::{Loaded, Source, load};
use super::output::{Sheet, json, number, text};
use super::verdict::refused;
use crate::Report;
use crate::results::{Destination, extend, write_summary};
use serde_json::{Value, json};
use yanpan_kernel::problem::Problem;
use yanpan_statistics::exams::classical::{Classical, Item, Paper, classical};
use yanpan_statistics::exams::on_threads;

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan exam ctt --input marks.csv --items items.csv --output items-out.csv --group 班级 --groups classes.csv --knowledge points.csv\n  marks.csv: 学号,班级,T1,T2,…(一行一名学生;空=未作答,NR=未做到,NA=未施测,缺考)\n  items.csv: item,max,knowledge,model(除 item 外都可省)"
)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    rating: groups::Rating,
    #[command(flatten)]
    destination: Destination,
}

const COLUMNS: [&str; 15] = [
    "item",
    "max",
    "mean",
    "sd",
    "P",
    "D27_rowtie",
    "D27_fair",
    "r_item_total",
    "r_item_rest",
    "alpha_if_deleted",
    "blank",
    "not_reached",
    "P_reached",
    "flag",
    "knowledge",
];

/// Runs the command.
///
/// # Errors
/// All problems of the input.
pub fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    args.rating.check()?;
    let loaded = load(&args.source, args.rating.group())?;
    let table = on_threads(args.source.threads, || classical(&loaded.matrix))
        .and_then(|table| table)
        .map_err(|error| vec![refused(&error, &loaded.marks)])?;
    let mut sheet = Sheet::new(&COLUMNS);
    for (index, item) in table.items.iter().enumerate() {
        sheet.row(item_row(&loaded, index, item));
    }
    let mut report = loaded.summary("exam ctt", args.rating.parameters());
    extend(&mut report, figures(&table));
    for (name, value) in args.rating.overall(&table.totals, table.paper.max_total) {
        report.insert(name.to_owned(), value);
    }
    args.rating.write(&args.source, &loaded)?;
    let Destination { output, summary } = &args.destination;
    sheet.write(output.as_deref(), progress)?;
    write_summary(&report, output.as_deref(), summary.as_deref())?;
    Ok(report)
}

fn item_row(loaded: &Loaded, index: usize, item: &Item) -> Vec<String> {
    let name = |column: usize| loaded.marks.names.get(column).map_or("", String::as_str);
    let knowledge = loaded.listed.get(index).and_then(|line| line.knowledge.as_deref());
    vec![
        text(name(index)),
        number(item.max),
        number(item.mean),
        number(item.sd),
        number(item.difficulty),
        number(item.discrimination.map(|d| d.row_order)),
        number(item.discrimination.map(|d| d.fair)),
        number(item.item_total),
        number(item.item_rest),
        number(item.alpha_if_deleted),
        item.blank.to_string(),
        item.not_reached.to_string(),
        number(item.difficulty_reached),
        text(&flag(item, name)),
        text(knowledge.unwrap_or("")),
    ]
}

fn flag<'a>(item: &Item, name: impl Fn(usize) -> &'a str) -> String {
    let mut flags = Vec::new();
    if item.sd == 0.0 {
        flags.push("constant".to_owned());
    }
    if let Some(earlier) = item.duplicate_of {
        flags.push(format!("duplicate of {}", name(earlier)));
    }
    if item.item_rest.is_some_and(|r| r < 0.0) {
        flags.push("negative discrimination".to_owned());
    }
    flags.join("; ")
}

fn figures(table: &Classical) -> Value {
    let Paper { n, left_out, k, group_size, .. } = table.paper;
    let paper = &table.paper;
    let interval = paper.alpha_interval.map_or(Value::Null, |(low, high)| json!([json(low), json(high)]));
    json!({
        "n": n, "k": k, "max_total": json(paper.max_total), "mean": json(paper.mean),
        "sd_sample": json(paper.sd_sample), "sd_population": json(paper.sd_population),
        "median": json(paper.median), "min": json(paper.min), "max": json(paper.max),
        "skewness_g1": json(paper.skewness), "kurtosis_excess_g2": json(paper.kurtosis),
        "alpha": json(paper.alpha), "alpha_feldt_ci95": interval, "guttman_lambda2": json(paper.lambda2),
        "splithalf_r": json(paper.split_half), "splithalf_spearman_brown": json(paper.split_half_stepped),
        "sem": json(paper.sem), "alpha_standardized": json(paper.alpha_standardized),
        "mean_P": json(paper.mean_difficulty), "group_size_27": group_size, "left_out": left_out,
    })
}
