//! The table of counts that `survey suppress` reads: a flat list of units, or a tree by a parent column; sums are checked.

use super::suppress::Args;
use crate::cells::Findings;
use crate::results::Sheet;
use std::collections::HashMap;
use yanpan_kernel::problem::{METHOD_REFUSED, Problem};
use yanpan_statistics::surveys::disclosure::{DisclosureError, Hierarchy};

/// Name of the row and of the column of totals where the file has none.
const TOTAL: &str = "合计";

/// Counts with the names of units and categories.
pub(super) struct Counted {
    pub units: Vec<String>,
    pub parents: Option<Vec<String>>,
    pub columns: Vec<String>,
    pub total: String,
    pub table: Hierarchy,
}

pub(super) fn read(args: &Args, data: &Sheet) -> Result<Counted, Vec<Problem>> {
    let mut findings = Findings::default();
    let source = &data.table;
    let units = findings.words(source, &args.unit);
    let rows: HashMap<&str, usize> = units.iter().map(String::as_str).zip(0..).collect();
    for (row, name) in units.iter().enumerate() {
        if !name.is_empty() && rows.get(name.as_str()) != Some(&row) {
            findings.refuse(source, row, &args.unit, "这个单位出现了两次");
        }
    }
    let parents = args.parent.as_ref().map(|name| parents(name, data, &rows, &mut findings));
    let other =
        |name: &String| *name == args.unit || Some(name) == args.parent.as_ref() || Some(name) == args.total.as_ref();
    let columns: Vec<String> = source.header.iter().filter(|name| !other(name)).cloned().collect();
    let leaves = leaves(parents.as_deref(), source.rows.len());
    let counts: Vec<Vec<Option<u64>>> = columns.iter().map(|name| column(name, data, &leaves, &mut findings)).collect();
    let totals = args.total.as_ref().map(|name| column(name, data, &leaves, &mut findings));
    findings.check()?;
    let flat: Vec<u64> = (0..units.len())
        .flat_map(|row| counts.iter().map(move |column| column.get(row).copied().flatten().unwrap_or(0)))
        .collect();
    let table = match &parents {
        Some(parents) => Hierarchy::new(parents.clone(), columns.len(), &flat),
        None => Hierarchy::flat(units.len(), columns.len(), &flat),
    };
    let table = table.map_err(|error| refuse(&error, data, &units))?;
    check_sums(&table, (&columns, &counts), (args.total.as_deref(), totals.as_deref()), (data, &mut findings));
    findings.check()?;
    let name = args.parent.as_ref().and_then(|name| source.column(name).ok());
    let above = name.map(|column| (0..units.len()).map(|row| source.text(row, column).to_owned()).collect());
    let mut units = units;
    if parents.is_none() {
        units.push(TOTAL.to_owned());
    }
    let total = args.total.clone().unwrap_or_else(|| TOTAL.to_owned());
    Ok(Counted { units, parents: above, columns, total, table })
}

fn parents(name: &str, data: &Sheet, rows: &HashMap<&str, usize>, findings: &mut Findings) -> Vec<Option<usize>> {
    let Some(column) = findings.keep(data.table.column(name)) else { return Vec::new() };
    (0..data.table.rows.len())
        .map(|row| match data.table.text(row, column) {
            "" | "NA" => None,
            above => {
                let found = rows.get(above).copied();
                if found.is_none() {
                    findings.refuse(&data.table, row, name, "没有这个上级单位");
                }
                found
            }
        })
        .collect()
}

fn leaves(parents: Option<&[Option<usize>]>, rows: usize) -> Vec<bool> {
    let mut leaves = vec![true; rows];
    for parent in parents.into_iter().flatten().flatten() {
        if let Some(slot) = leaves.get_mut(*parent) {
            *slot = false;
        }
    }
    leaves
}

/// Counts of a column; a unit with units under it may leave its cells empty.
fn column(name: &str, data: &Sheet, leaves: &[bool], findings: &mut Findings) -> Vec<Option<u64>> {
    let Ok(position) = data.table.column(name) else {
        findings.keep(data.table.column(name).map(|_| ()));
        return Vec::new();
    };
    (0..data.table.rows.len())
        .map(|row| match findings.keep(data.table.number(row, position)).flatten() {
            Some(count) if count >= 0.0 && count.fract() == 0.0 && count <= 1e12 => Some(count as u64),
            Some(_) => {
                findings.refuse(&data.table, row, name, "应为不小于 0 的整数");
                None
            }
            None => {
                if leaves.get(row) == Some(&true) && data.table.number(row, position) == Ok(None) {
                    findings.refuse(&data.table, row, name, "没有下级的单位要填人数,没有人填 0");
                }
                None
            }
        })
        .collect()
}

/// Sums that the file gives must be those of its parts.
fn check_sums(
    table: &Hierarchy,
    (columns, counts): (&[String], &[Vec<Option<u64>>]),
    (total, totals): (Option<&str>, Option<&[Option<u64>]>),
    (data, findings): (&Sheet, &mut Findings),
) {
    let width = table.width();
    let given = columns.iter().map(String::as_str).zip(counts.iter().map(Vec::as_slice)).chain(total.zip(totals));
    for (position, (name, column)) in given.enumerate() {
        for (row, found) in column.iter().enumerate() {
            let sum = table.values().get(row * width + position).copied().unwrap_or(0);
            if found.is_some_and(|found| found != sum) {
                findings.refuse(&data.table, row, name, &format!("与各部分之和 {sum} 不符"));
            }
        }
    }
}

fn refuse(error: &DisclosureError, data: &Sheet, units: &[String]) -> Vec<Problem> {
    let reason = match error {
        DisclosureError::NotATree { row } => {
            format!("单位「{}」的上级不成一棵树(只能有一个顶层单位)", units.get(*row).map_or("", String::as_str))
        }
        _ => "没有类别列,或人数太大".to_owned(),
    };
    vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(data.table.whole())]
}
