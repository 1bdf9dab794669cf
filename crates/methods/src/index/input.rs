//! What `yanpan index build` reads: units, indicators with their directions, weights and weight draws.

use super::build::{Args, Missing};
use crate::cells::Findings;
use crate::results::{self, Sheet};
use crate::table::Table;
use std::collections::HashSet;
use std::path::Path;
use yanpan_kernel::problem::{COLUMN_MISSING, METHOD_REFUSED, PARAMETER_INVALID, Place, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::composites::{Aim, Column, Indicator, ScaleError, min_max};

/// One indicator: its name in the file and how it is read.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub name: String,
    pub indicator: Indicator,
    pub weight: Option<f64>,
}

/// Units by indicators.
pub(super) struct Input {
    pub units: Vec<String>,
    pub indicators: Vec<Named>,
    pub columns: Vec<Column>,
    pub pupils: Option<Vec<Option<f64>>>,
}

/// Name of the unit column: as given, else `unit`, else the first.
fn unit_column(args: &Args, table: &Table) -> String {
    let named = || table.header.iter().find(|name| *name == "unit").or(table.header.first());
    args.unit.clone().or_else(|| named().cloned()).unwrap_or_default()
}

pub(super) fn read(args: &Args, table: &Table) -> Result<Input, Vec<Problem>> {
    let mut findings = Findings::default();
    let unit = unit_column(args, table);
    let units = findings.words(table, &unit);
    let mut seen = HashSet::new();
    for (row, name) in units.iter().enumerate() {
        if !name.is_empty() && !seen.insert(name) {
            findings.refuse(table, row, &unit, "这个单位出现了两次");
        }
    }
    let indicators = match indicators(args, table, &unit) {
        Ok(indicators) => indicators,
        Err(problems) => {
            findings.problems.extend(problems);
            Vec::new()
        }
    };
    let pupils = args.pupils.as_ref().map(|name| findings.numbers(table, name));
    for (row, count) in pupils.iter().flatten().enumerate() {
        if count.is_some_and(|count| count < 0.0) {
            findings.refuse(table, row, args.pupils.as_deref().unwrap_or_default(), "学生数不能为负");
        }
    }
    let mut columns = Vec::new();
    for named in &indicators {
        let column = findings.numbers(table, &named.name);
        columns.push(fill(column, args.missing, table, &named.name, &mut findings));
    }
    findings.check()?;
    if indicators.len() < 2 {
        return Err(vec![Problem::new(&METHOD_REFUSED, &[("reason", &"综合指数至少要两个指标")]).at(table.whole())]);
    }
    for (named, column) in indicators.iter().zip(&columns) {
        let place = Place { column: Some(named.name.clone()), ..table.whole() };
        findings.keep(min_max(column, named.indicator).map_err(|error| refuse(&error).at(place)));
    }
    for (row, name) in units.iter().enumerate() {
        if columns.iter().all(|column| column.get(row).is_none_or(Option::is_none)) {
            findings.refuse(table, row, &unit, &format!("单位「{name}」没有任何指标值"));
        }
    }
    findings.done(Input { units, indicators, columns, pupils })
}

fn refuse(error: &ScaleError) -> Problem {
    let reason = match error {
        ScaleError::TooFew { found } => format!("只有 {found} 个值,至少要两个"),
        ScaleError::NoVariation { value } => format!("所有单位都是 {value},没有差异,不能参与合成"),
        ScaleError::Order { low, high } => format!("下限 {low} 应小于上限 {high}"),
    };
    Problem::new(&METHOD_REFUSED, &[("reason", &reason)])
}

fn fill(mut column: Column, missing: Missing, table: &Table, name: &str, findings: &mut Findings) -> Column {
    match missing {
        Missing::Available => {}
        Missing::Refuse => {
            for (row, value) in column.iter().enumerate() {
                if value.is_none() && table.column(name).is_ok_and(|column| table.number(row, column).is_ok()) {
                    findings.refuse(table, row, name, "缺值;可用 --missing available 或 median");
                }
            }
        }
        Missing::Median => {
            let mut present: Vec<f64> = column.iter().flatten().copied().collect();
            present.sort_by(f64::total_cmp);
            if !present.is_empty() {
                let median = yanpan_statistics::surveys::order::quantile7(&present, 0.5);
                column.iter_mut().for_each(|value| *value = value.or(Some(median)));
            }
        }
    }
    column
}

/// Indicators as listed by `--indicators`, else every column but unit and pupils.
fn indicators(args: &Args, table: &Table, unit: &str) -> Result<Vec<Named>, Vec<Problem>> {
    let listed = match &args.indicators {
        Some(path) => listed(path)?,
        None => {
            let others = table.header.iter().filter(|name| *name != unit && Some(*name) != args.pupils.as_ref());
            others.map(|name| Named { name: name.clone(), indicator: Indicator::default(), weight: None }).collect()
        }
    };
    let mut findings = Findings::default();
    for name in args.negative.iter().filter(|name| !listed.iter().any(|named| named.name == **name)) {
        findings.problems.push(Problem::new(&COLUMN_MISSING, &[("column", name)]).at(table.whole()));
    }
    let turn = |mut named: Named| {
        if args.negative.contains(&named.name) {
            named.indicator.aim = Aim::Lower;
        }
        named
    };
    findings.done(listed.into_iter().map(turn).collect())
}

/// `indicator,direction[,target,low,high,min,max,weight]`: direction 1 or −1; a target, or low and high, override it.
fn listed(path: &Path) -> Result<Vec<Named>, Vec<Problem>> {
    let data = results::read(path, None)?;
    let table = &data.table;
    let mut findings = Findings::default();
    let names = findings.words(table, "indicator");
    let mut optional = |name: &str| match table.column(name) {
        Ok(_) => findings.numbers(table, name),
        Err(_) => vec![None; table.rows.len()],
    };
    let [direction, target, low, high, least, most, weight] =
        ["direction", "target", "low", "high", "min", "max", "weight"].map(&mut optional);
    let at = |column: &[Option<f64>], row: usize| column.get(row).copied().flatten();
    let mut named = Vec::new();
    for (row, name) in names.into_iter().enumerate() {
        let aim = match (at(&target, row), at(&low, row).zip(at(&high, row)), at(&direction, row).unwrap_or(1.0)) {
            (Some(target), _, _) => Aim::Target(target),
            (None, Some((low, high)), _) => Aim::Interval(low, high),
            (None, None, 1.0) => Aim::Higher,
            (None, None, -1.0) => Aim::Lower,
            (None, None, _) => {
                findings.refuse(table, row, "direction", "方向应为 1 或 -1");
                Aim::Higher
            }
        };
        let goalposts = at(&least, row).zip(at(&most, row));
        named.push(Named { name, indicator: Indicator { aim, goalposts }, weight: at(&weight, row) });
    }
    findings.done(named)
}

/// Given weights in the order of the indicators, normalised to 1; `None` when none were given.
pub(super) fn weights(args: &Args, indicators: &[Named]) -> Result<Option<Vec<f64>>, Vec<Problem>> {
    let Some(path) = &args.weights else {
        let given: Option<Vec<f64>> = indicators.iter().map(|named| named.weight).collect();
        return given.map(|given| normalised(given, None)).transpose();
    };
    let data = results::read(path, None)?;
    let table = &data.table;
    let mut findings = Findings::default();
    let key = if table.column("criterion").is_ok() { "criterion" } else { "indicator" };
    let value = if table.column("weight_eigen").is_ok() { "weight_eigen" } else { "weight" };
    let (names, values) = (findings.words(table, key), findings.full_numbers(table, value));
    findings.check()?;
    let mut given = Vec::new();
    for named in indicators {
        match names.iter().position(|name| *name == named.name).and_then(|row| values.get(row)) {
            Some(weight) => given.push(*weight),
            None => findings.problems.push(
                Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &named.name), ("reason", &"权重表里没有这个指标")])
                    .at(table.whole()),
            ),
        }
    }
    findings.check()?;
    normalised(given, Some(table)).map(Some)
}

fn normalised(given: Vec<f64>, table: Option<&Table>) -> Result<Vec<f64>, Vec<Problem>> {
    let total: f64 = given.iter().sum();
    if total > 0.0 && given.iter().all(|weight| weight.is_finite() && *weight >= 0.0) {
        return Ok(given.into_iter().map(|weight| weight / total).collect());
    }
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("name", &"weight"), ("value", &total), ("reason", &"权重不能为负,总和应大于 0")];
    Err(vec![Problem::new(&PARAMETER_INVALID, values).at(table.map(Table::whole).unwrap_or_default())])
}

/// Weight vectors from a file with a column per indicator; the file and the hash of it.
pub(super) fn draws(path: &Path, indicators: &[Named]) -> Result<(Vec<Vec<f64>>, Sheet), Vec<Problem>> {
    let data = results::read(path, None)?;
    let mut findings = Findings::default();
    let columns: Vec<Vec<f64>> =
        indicators.iter().map(|named| findings.full_numbers(&data.table, &named.name)).collect();
    for (named, column) in indicators.iter().zip(&columns) {
        for (row, weight) in column.iter().enumerate() {
            if *weight < 0.0 {
                findings.refuse(&data.table, row, &named.name, "权重不能为负");
            }
        }
    }
    findings.check()?;
    let rows = 0..data.table.rows.len();
    let draws: Vec<Vec<f64>> =
        rows.map(|row| columns.iter().filter_map(|column| column.get(row)).copied().collect()).collect();
    for (row, draw) in draws.iter().enumerate() {
        if draw.iter().sum::<f64>() <= 0.0 {
            findings.refuse(
                &data.table,
                row,
                indicators.first().map_or("", |named| named.name.as_str()),
                "这一组权重总和为 0",
            );
        }
    }
    findings.done((draws, data))
}
