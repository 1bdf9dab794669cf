//! `yanpan exam ctt`: the classical table of one paper.

mod groups;

use super::items::{Loaded, Source, load};
use super::output::{Sheet, json, number, text, write_summary};
use super::verdict::refused;
use crate::Report;
use serde_json::{Value, json};
use std::path::PathBuf;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::exams::classical::{Classical, Item, Paper, classical};
use yanpan_statistics::exams::on_threads;

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    rating: groups::Rating,
    /// 题目表输出(CSV)/ Item table
    #[arg(long)]
    output: Option<PathBuf>,
    /// 全卷指标输出(JSON)/ Paper figures
    #[arg(long)]
    summary: Option<PathBuf>,
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
    let loaded = load(&args.source)?;
    let table = on_threads(args.source.threads, || classical(&loaded.matrix))
        .and_then(|table| table)
        .map_err(|error| vec![refused(&error, &loaded.marks)])?;
    let mut sheet = Sheet::new(&COLUMNS);
    for (index, item) in table.items.iter().enumerate() {
        sheet.row(item_row(&loaded, index, item));
    }
    let one = |problem: Problem| vec![problem];
    sheet.write(args.output.as_deref(), progress).map_err(one)?;
    args.rating.write(&args.source, &loaded).map_err(one)?;
    let mut report = report(&loaded, &table);
    for (name, value) in args.rating.overall(&table.totals, table.paper.max_total) {
        report.insert(name.to_owned(), value);
    }
    write_summary(&report, args.summary.as_deref()).map_err(one)?;
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

fn report(loaded: &Loaded, table: &Classical) -> Report {
    let Paper { n, left_out, k, group_size, .. } = table.paper;
    let paper = &table.paper;
    let interval = paper.alpha_interval.map_or(Value::Null, |(low, high)| json!([json(low), json(high)]));
    let figures = [
        ("n", json!(n)),
        ("k", json!(k)),
        ("max_total", json(paper.max_total)),
        ("mean", json(paper.mean)),
        ("sd_sample", json(paper.sd_sample)),
        ("sd_population", json(paper.sd_population)),
        ("median", json(paper.median)),
        ("min", json(paper.min)),
        ("max", json(paper.max)),
        ("skewness_g1", json(paper.skewness)),
        ("kurtosis_excess_g2", json(paper.kurtosis)),
        ("alpha", json(paper.alpha)),
        ("alpha_feldt_ci95", interval),
        ("guttman_lambda2", json(paper.lambda2)),
        ("splithalf_r", json(paper.split_half)),
        ("splithalf_spearman_brown", json(paper.split_half_stepped)),
        ("sem", json(paper.sem)),
        ("alpha_standardized", json(paper.alpha_standardized)),
        ("mean_P", json(paper.mean_difficulty)),
        ("group_size_27", json!(group_size)),
        ("left_out", json!(left_out)),
        ("data_sha256", json!(loaded.marks.hash)),
    ];
    figures.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
