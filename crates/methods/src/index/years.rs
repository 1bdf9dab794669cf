//! What moved a score since last year: every indicator's value, and its weight.

use super::build::{Args, Scheme};
use super::input::{self, Input};
use super::outcome::Outcome;
use crate::results::{self, Columns};
use std::collections::HashMap;
use std::path::Path;
use yanpan_kernel::problem::{METHOD_REFUSED, Problem};
use yanpan_statistics::composites::{
    Column, Year, arithmetic, critic_weights, decompose, entropy_weights, equal_weights, min_max,
};

/// One row per unit of this year: both scores, the change, and its parts. Both years are scaled by the smallest and largest
/// values of the two together, so that a change of score is a change of the unit and not of the scale.
pub(super) fn decomposition(
    args: &Args,
    (now, outcome): (&Input, &Outcome),
    scheme: Scheme,
    previous: &Path,
) -> Result<Columns, Vec<Problem>> {
    let data = results::read(previous, None)?;
    let before = input::read(args, &data.table)?;
    let aligned = align(now, &before);
    let (scaled_before, scaled_now) = scale(now, &aligned)?;
    let (old, new) = (weights(&scaled_before, scheme, outcome), weights(&scaled_now, scheme, outcome));
    let parts =
        decompose(Year { columns: &scaled_before, weights: &old }, Year { columns: &scaled_now, weights: &new });
    let (first, second) = (arithmetic(&scaled_before, &old), arithmetic(&scaled_now, &new));
    let complete = |row: usize| parts.iter().all(|column| column.get(row).is_some_and(Option::is_some));
    let change = first.iter().zip(&second).enumerate();
    let change: Vec<Option<f64>> =
        change.map(|(row, (old, new))| old.zip(*new).filter(|_| complete(row)).map(|(old, new)| new - old)).collect();
    let mut table = Columns::default();
    table.add("unit", now.units.iter().map(String::as_str));
    table.add("score_before", first);
    table.add("score_now", second);
    table.add("change", change);
    for (named, column) in now.indicators.iter().zip(&parts) {
        table.add(format!("value_{}", named.name), column.iter().map(|part| part.map(|part| part.by_value)));
        table.add(format!("weight_{}", named.name), column.iter().map(|part| part.map(|part| part.by_weight)));
    }
    Ok(table)
}

/// Last year's columns in the order of this year's units; `None` for a unit that was not there.
fn align(now: &Input, before: &Input) -> Vec<Column> {
    let row_of: HashMap<&str, usize> = before.units.iter().map(String::as_str).zip(0..).collect();
    let rows: Vec<Option<usize>> = now.units.iter().map(|unit| row_of.get(unit.as_str()).copied()).collect();
    let value = |column: &Column, row: &Option<usize>| row.and_then(|row| column.get(row).copied().flatten());
    before.columns.iter().map(|column| rows.iter().map(|row| value(column, row)).collect()).collect()
}

fn scale(now: &Input, before: &[Column]) -> Result<(Vec<Column>, Vec<Column>), Vec<Problem>> {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for ((named, old), new) in now.indicators.iter().zip(before).zip(&now.columns) {
        let both: Column = old.iter().chain(new).copied().collect();
        let mut scaled = min_max(&both, named.indicator).map_err(|error| {
            vec![Problem::new(&METHOD_REFUSED, &[("reason", &format!("指标「{}」:{error}", named.name))])]
        })?;
        second.push(scaled.split_off(old.len()));
        first.push(scaled);
    }
    Ok((first, second))
}

fn weights(scaled: &[Column], scheme: Scheme, outcome: &Outcome) -> Vec<f64> {
    match scheme {
        Scheme::Equal => equal_weights(scaled.len()),
        Scheme::Entropy => entropy_weights(scaled),
        Scheme::Critic => critic_weights(scaled),
        Scheme::Given => outcome.weights_of(Scheme::Given).to_vec(),
    }
}
