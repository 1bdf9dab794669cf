//! `yanpan survey suppress`: a table of counts fit to be published, with the proof that nothing hidden can be worked out.

use super::counts::{self, Counted};
use crate::Report;
use crate::results::{Cell, Columns, Destination, Sheet, Source, extend, summary, write_table};
use serde_json::json;
use std::path::PathBuf;
use yanpan_kernel::problem::{METHOD_REFUSED, PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::surveys::disclosure::{
    self, DisclosureError, Earlier, Exposure, Hierarchy, Pattern, Rule, audit, suppress, suppress_after,
};

/// No site may show cells under this many respondents.
const LEAST: u64 = 5;
/// Above so many hidden cells the audit says only that each has more than one value, unless `--audit` asks for ranges.
const RANGED: usize = 2000;

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan survey suppress --input counts.csv --parent district --minimum 10 --output published.csv --audit audit.csv\n  counts.csv: unit[,parent],<一列一个类别的人数>;隐藏的格写 NA"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 单位列 / Column of unit names
    #[arg(long, default_value = "unit")]
    pub unit: String,
    /// 上级单位列(顶层留空)/ Column of the unit above, empty at the top
    #[arg(long, value_name = "COLUMN")]
    pub parent: Option<String>,
    /// 合计列,核对后重算 / Column of totals, checked and worked out again
    #[arg(long, value_name = "COLUMN")]
    pub total: Option<String>,
    /// 少于这么多人的格隐藏(最低 5)/ Cells with fewer people are hidden, at least 5
    #[arg(long, default_value_t = 10)]
    minimum: u64,
    /// 隐藏格至少留几个可能值之差 / Range of values that must stay open for a small cell
    #[arg(long, default_value_t = 1)]
    width: u64,
    /// 同一任务上一次发布时的原始人数 / Raw counts of the same round at its last publication
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// 两次发布之间看得见的最小步长 / Smallest step that may be seen between publications
    #[arg(long, default_value_t = 5)]
    step: u64,
    /// 每个隐藏格的原因与可能范围写到 / Where to write the reason and range of every hidden cell
    #[arg(long, value_name = "OUT.csv")]
    audit: Option<PathBuf>,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    if args.minimum < LEAST {
        let values: &[(&str, &dyn std::fmt::Display)] =
            &[("name", &"minimum"), ("value", &args.minimum), ("reason", &"最小格不能低于 5")];
        return Err(vec![Problem::new(&PARAMETER_INVALID, values).at(Place::field("minimum"))]);
    }
    let rule = Rule { minimum: args.minimum, width: args.width };
    let data = args.source.read()?;
    let counted = counts::read(args, &data)?;
    let (pattern, previous) = pattern(args, (&data, &counted), rule)?;
    let parameters = json!({
        "minimum": args.minimum, "width": args.width, "step": args.step, "parent": args.parent, "previous_sha256": previous,
    });
    let mut report = summary("survey suppress", parameters, &data.sha256);
    let hidden = pattern.cells.iter().filter(|cell| **cell != disclosure::Cell::Shown).count();
    let exposures = if args.audit.is_some() || hidden <= RANGED { audit(&counted.table, &pattern) } else { Vec::new() };
    let recoverable = exposures.iter().filter(|found| found.low == found.high).count();
    let members = json!({
        "cells": pattern.cells.len(),
        "hidden_primary": pattern.cells.iter().filter(|cell| **cell == disclosure::Cell::Primary).count(),
        "hidden_complementary": pattern.cells.iter().filter(|cell| **cell == disclosure::Cell::Complementary).count(),
        "audited": exposures.len(), "recoverable": recoverable,
        "proof": "every hidden cell lies on a cycle of hidden cells: a second table agrees with everything shown",
    });
    extend(&mut report, members);
    if recoverable > 0 {
        return Err(vec![
            Problem::new(&METHOD_REFUSED, &[("reason", &format!("有 {recoverable} 个隐藏格仍可算出"))])
                .at(data.table.whole()),
        ]);
    }
    args.destination.write(&published(&counted, &pattern), &report, progress)?;
    if let Some(path) = &args.audit {
        write_table(path, &audited(&counted, &pattern, &exposures))?;
    }
    Ok(report)
}

fn pattern(
    args: &Args,
    (data, counted): (&Sheet, &Counted),
    rule: Rule,
) -> Result<(Pattern, Option<String>), Vec<Problem>> {
    let refuse = |error| vec![refuse(&error, data, counted)];
    let Some(path) = &args.previous else {
        return Ok((suppress(&counted.table, rule).map_err(refuse)?, None));
    };
    let before = crate::results::read(path, None)?;
    let earlier: Hierarchy = counts::read(args, &before)?.table;
    let shown = suppress(&earlier, rule).map_err(refuse)?;
    let earlier = Earlier { table: &earlier, pattern: &shown, step: args.step };
    Ok((suppress_after(&counted.table, earlier, rule).map_err(refuse)?, Some(before.sha256)))
}

fn refuse(error: &DisclosureError, data: &Sheet, counted: &Counted) -> Problem {
    let named = |row: &usize, column: &usize| {
        let unit = counted.units.get(*row).map_or("", String::as_str);
        format!("「{unit}」的「{}」", counted.columns.get(*column).map_or("合计", String::as_str))
    };
    let reason = match error {
        DisclosureError::Unprotectable { row, column } => {
            format!("{}太小,而没有别的格可以一起隐藏;请合并类别或单位", named(row, column))
        }
        DisclosureError::Shrank { row, column } => format!("{}比上一次发布时少", named(row, column)),
        DisclosureError::TooLarge { row, column } => format!("{}太大", named(row, column)),
        DisclosureError::NotATree { row } => {
            format!("单位「{}」的上级不成一棵树", counted.units.get(*row).map_or("", String::as_str))
        }
        DisclosureError::ShapesDiffer => "两次的单位或类别不同,无法对照".to_owned(),
        DisclosureError::Shape { .. } | DisclosureError::Minimum { .. } => error.to_string(),
    };
    let place = match error {
        DisclosureError::Unprotectable { row, column }
        | DisclosureError::Shrank { row, column }
        | DisclosureError::TooLarge { row, column } => {
            let name = counted.columns.get(*column).unwrap_or(&counted.total);
            data.table.place(*row, data.table.column(name).unwrap_or(usize::MAX))
        }
        DisclosureError::NotATree { row } => data.table.place(*row, usize::MAX),
        _ => data.table.whole(),
    };
    Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(place)
}

fn published(counted: &Counted, pattern: &Pattern) -> Columns {
    let width = counted.table.width();
    let cell = |row: usize, column: usize| match pattern.cells.get(row * width + column) {
        Some(disclosure::Cell::Shown) => {
            counted.table.values().get(row * width + column).map_or(Cell::Missing, |value| Cell::Whole(*value))
        }
        _ => Cell::Missing,
    };
    let mut table = Columns::default();
    table.add("unit", counted.units.iter().map(String::as_str));
    if let Some(parents) = &counted.parents {
        table.add("parent", parents.iter().map(String::as_str));
    }
    for (column, name) in counted.columns.iter().map(String::as_str).chain([counted.total.as_str()]).enumerate() {
        table.add(name, (0..counted.units.len()).map(|row| cell(row, column)));
    }
    table
}

fn audited(counted: &Counted, pattern: &Pattern, exposures: &[Exposure]) -> Columns {
    let width = counted.table.width();
    let unit = |found: &Exposure| counted.units.get(found.cell / width).map_or("", String::as_str).to_owned();
    let column = |found: &Exposure| counted.columns.get(found.cell % width).unwrap_or(&counted.total).clone();
    let kind = |found: &Exposure| match pattern.cells.get(found.cell) {
        Some(disclosure::Cell::Primary) => "primary",
        _ => "complementary",
    };
    let mut table = Columns::default();
    table.add("unit", exposures.iter().map(unit));
    table.add("column", exposures.iter().map(column));
    table.add("kind", exposures.iter().map(kind));
    table.add("possible_lo", exposures.iter().map(|found| found.low));
    table.add(
        "possible_hi",
        exposures.iter().map(|found| Some(found.high).filter(|high| *high < u64::MAX / 32).map(|high| high as usize)),
    );
    table
}
