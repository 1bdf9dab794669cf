//! `yanpan survey rake`: weights that meet the population's margins, and what they do to the estimates.

use super::margins::{self, Codes};
use crate::Report;
use crate::cells::Findings;
use crate::results::{Columns, Destination, Sheet, Source, extend, summary, warn};
use crate::table::Table;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use yanpan_kernel::problem::{METHOD_REFUSED, PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::surveys::order::quantile7;
use yanpan_statistics::surveys::weights::{Design, Margin, WeightError, kish_effect, rake, trim};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan survey rake --input sample.csv --weight pw --strata stype --fpc fpc --margin type.csv --margin wide.csv --estimate api00,enroll --output weights.csv\n  type.csv: stype,Freq(前几列是分类,最后一列是总体人数;一个文件几列分类即事后分层)"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 基础权重列,不写则都是 1 / Column of base weights
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,
    /// 总体边际表,可写多次 / Population margins, may be repeated
    #[arg(long, value_name = "FILE", required = true)]
    margin: Vec<PathBuf>,
    /// 分层列 / Column of strata
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// 整群列 / Column of first-stage clusters
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// 层内总体单位数列(有限总体校正)/ Column of the population count of the stratum
    #[arg(long, value_name = "COLUMN")]
    fpc: Option<String>,
    /// 要估计均值的列,逗号分隔 / Columns whose means are estimated
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    estimate: Vec<String>,
    /// 截尾的两个分位 / Quantiles at which weights are trimmed
    #[arg(long, value_name = "LOW,HIGH", value_delimiter = ',', num_args = 1, default_value = "0.05,0.95")]
    trim: Vec<f64>,
}

struct Sample {
    weights: Vec<f64>,
    margins: Vec<Margin>,
    design: Design,
    values: Vec<(String, Vec<Option<f64>>)>,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let quantiles = quantiles(&args.trim)?;
    let data = args.source.read()?;
    let (sample, margin_hashes) = read(args, &data)?;
    let refuse = |error| refuse(&error, args, &data);
    let parameters = json!({
        "weight": args.weight, "strata": args.strata, "cluster": args.cluster, "fpc": args.fpc,
        "estimate": args.estimate, "trim": args.trim, "margins_sha256": margin_hashes,
    });
    let mut report = summary("survey rake", parameters, &data.sha256);
    let raked = rake(&sample.weights, &sample.margins).map_err(refuse)?;
    let trimmed = trimmed(&raked.weights, quantiles, &mut report);
    let effect = kish_effect(&raked.weights);
    let (low, high) = raked.weights.iter().fold((f64::INFINITY, 0.0f64), |(low, high), w| (low.min(*w), high.max(*w)));
    let members = json!({
        "sum_w": raked.weights.iter().sum::<f64>(),
        "kish_deff": effect, "kish_neff": raked.weights.len() as f64 / effect, "min": low, "max": high,
        "iterations": raked.iterations, "misfit": raked.misfit,
        "estimates": estimates(&sample, &raked.weights).map_err(refuse)?,
    });
    extend(&mut report, members);
    let mut table = Columns::default();
    table.add("row", 1..=sample.weights.len());
    table.add("w_design", sample.weights.iter().copied());
    table.add("w_raked", raked.weights.iter().copied());
    table.add("w_trimmed", trimmed);
    args.destination.write(&table, &report, progress)?;
    Ok(report)
}

fn read(args: &Args, data: &Sheet) -> Result<(Sample, Vec<String>), Vec<Problem>> {
    let mut findings = Findings::default();
    let table = &data.table;
    let weights = match &args.weight {
        Some(name) => findings.full_numbers(table, name),
        None => vec![1.0; table.rows.len()],
    };
    if let Some(name) = &args.weight {
        for (row, weight) in weights.iter().enumerate() {
            if *weight <= 0.0 && table.column(name).is_ok_and(|column| matches!(table.number(row, column), Ok(Some(_))))
            {
                findings.refuse(table, row, name, "权重应大于 0");
            }
        }
    }
    let mut codes = |name: &Option<String>| {
        name.as_ref().map_or_else(Vec::new, |name| Codes::of(&findings.words(table, name)).rows)
    };
    let (strata, clusters) = (codes(&args.strata), codes(&args.cluster));
    let population = args.fpc.as_ref().map_or_else(Vec::new, |name| findings.full_numbers(table, name));
    check_population(args, &population, &strata, (table, &mut findings));
    let values: Vec<(String, Vec<Option<f64>>)> =
        args.estimate.iter().map(|name| (name.clone(), findings.numbers(table, name))).collect();
    for (name, values) in &values {
        if !values.is_empty() && values.iter().all(Option::is_none) {
            let place = Place { column: Some(name.clone()), ..table.whole() };
            findings.problems.push(Problem::new(&METHOD_REFUSED, &[("reason", &"这一列没有任何数")]).at(place));
        }
    }
    let mut hashes = Vec::new();
    let mut margins = Vec::new();
    for path in &args.margin {
        match margins::read(path, table) {
            Ok((margin, sha256)) => {
                margins.push(margin);
                hashes.push(sha256);
            }
            Err(problems) => findings.problems.extend(problems),
        }
    }
    let design = Design { strata, clusters, population };
    findings.done((Sample { weights, margins, design, values }, hashes))
}

/// A stratum has one population size, and at least as many units as were drawn from it.
fn check_population(args: &Args, population: &[f64], strata: &[u32], (table, findings): (&Table, &mut Findings)) {
    let Some(name) = &args.fpc else { return };
    let clusters = args.cluster.as_ref().map(|name| Codes::of(&findings.words(table, name)).rows);
    let stratum = |row: usize| strata.get(row).copied().unwrap_or(0);
    let mut sizes: HashMap<u32, f64> = HashMap::new();
    let mut drawn: HashMap<u32, HashSet<usize>> = HashMap::new();
    for row in 0..population.len() {
        let cluster = clusters.as_ref().and_then(|clusters| clusters.get(row)).map_or(row, |code| *code as usize);
        drawn.entry(stratum(row)).or_default().insert(cluster);
    }
    for (row, size) in population.iter().enumerate() {
        let first = *sizes.entry(stratum(row)).or_insert(*size);
        let units = drawn.get(&stratum(row)).map_or(0, HashSet::len);
        if first != *size {
            findings.refuse(table, row, name, &format!("同一层前面写的是 {first}"));
        } else if *size < units as f64 {
            findings.refuse(table, row, name, &format!("总体单位数比这一层抽到的 {units} 个还少"));
        }
    }
}

fn quantiles(given: &[f64]) -> Result<(f64, f64), Vec<Problem>> {
    match given {
        [low, high] if 0.0 <= *low && low < high && *high <= 1.0 => Ok((*low, *high)),
        _ => {
            let said: Vec<String> = given.iter().map(f64::to_string).collect();
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("name", &"trim"), ("value", &said.join(",")), ("reason", &"应为从小到大的两个分位,例如 0.05,0.95")];
            Err(vec![Problem::new(&PARAMETER_INVALID, values).at(Place::field("trim"))])
        }
    }
}

fn trimmed(weights: &[f64], (low, high): (f64, f64), report: &mut Report) -> Vec<Option<f64>> {
    let mut sorted = weights.to_vec();
    sorted.sort_by(f64::total_cmp);
    match trim(weights, quantile7(&sorted, low), quantile7(&sorted, high)) {
        Ok(trimmed) => trimmed.into_iter().map(Some).collect(),
        Err(_) => {
            warn(report, "权重不能在这两个分位之间截尾而保持总和;w_trimmed 为 NA");
            vec![None; weights.len()]
        }
    }
}

fn estimates(sample: &Sample, raked: &[f64]) -> Result<Value, WeightError> {
    let mut found = Map::new();
    for (name, values) in &sample.values {
        let present: Vec<f64> = values.iter().flatten().copied().collect();
        let before = sample.design.mean(&sample.weights, values, &[])?;
        let after = sample.design.mean(raked, values, &sample.margins)?;
        let members = json!({
            "n": present.len(),
            "unweighted": present.iter().sum::<f64>() / present.len() as f64,
            "design_mean": before.mean, "design_se": before.se,
            "raked_mean": after.mean, "raked_se": after.se,
        });
        found.insert(name.clone(), members);
    }
    Ok(Value::Object(found))
}

/// A refusal at the margin, row or column it is about.
fn refuse(error: &WeightError, args: &Args, data: &Sheet) -> Vec<Problem> {
    let table = &data.table;
    let of_margin = |margin: usize, row: Option<usize>| Place {
        file: args.margin.get(margin).map(|path| path.display().to_string()),
        row: row.and_then(|row| u32::try_from(row + 2).ok()),
        ..Place::default()
    };
    let column = |name: Option<&String>| name.and_then(|name| table.column(name).ok()).unwrap_or(usize::MAX);
    let place = match error {
        WeightError::TotalsDiffer { margin, .. } => of_margin(*margin, None),
        WeightError::Unreachable { margin, category, .. } => of_margin(*margin, Some(*category)),
        WeightError::Weight { row, .. } => table.place(*row, column(args.weight.as_ref())),
        WeightError::CategoryUnknown { row, .. } => table.place(*row, usize::MAX),
        WeightError::LonelyUnit { stratum } => {
            let strata = column(args.strata.as_ref());
            let words: Vec<String> = (0..table.rows.len()).map(|row| table.text(row, strata).to_owned()).collect();
            let first = Codes::of(&words).rows.iter().position(|code| *code as usize == *stratum);
            table.place(first.unwrap_or(usize::MAX), strata)
        }
        _ => table.whole(),
    };
    let reason = match error {
        WeightError::TotalsDiffer { margin, found, first } => {
            format!("第 {} 个边际表的总和是 {found},与第 1 个的 {first} 不相等", margin + 1)
        }
        WeightError::NotConverged { iterations, misfit } => {
            format!("各边际在这份样本上互相矛盾:{iterations} 轮后最大相对偏差仍为 {misfit:e}")
        }
        WeightError::Unreachable { margin, category, total } => {
            format!("第 {} 个边际表第 {} 行的总体数 {total} 与样本不符:一边有人,另一边没有", margin + 1, category + 2)
        }
        WeightError::LonelyUnit { .. } => "这一层只有一个单位,无法估计方差".to_owned(),
        WeightError::Weight { row, weight } => format!("第 {} 行的权重 {weight} 应大于 0", row + 2),
        WeightError::CategoryUnknown { row, .. } => format!("第 {} 行的分类不在边际表里", row + 2),
        WeightError::Bounds { low, high } => format!("权重不能都在 {low} 与 {high} 之间"),
        WeightError::Length { found, needed } => format!("列长 {found} 与行数 {needed} 不符"),
    };
    vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(place)]
}
