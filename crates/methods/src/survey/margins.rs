//! Population margins: category columns and a last column of totals, matched with the sample's rows.

use crate::cells::Findings;
use crate::results;
use crate::table::Table;
use std::collections::HashMap;
use std::path::Path;
use yanpan_kernel::problem::{Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::surveys::weights::Margin;

/// Words numbered in the order in which they first appear.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    pub rows: Vec<u32>,
    pub names: Vec<String>,
}

impl Codes {
    pub(crate) fn of(words: &[String]) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut codes = Self::default();
        for word in words {
            let next = u32::try_from(codes.names.len()).unwrap_or(u32::MAX);
            let code = *known.entry(word).or_insert(next);
            if code == next {
                codes.names.push(word.clone());
            }
            codes.rows.push(code);
        }
        codes
    }
}

/// Reads one margin file and finds every sample row's category in it; also the hash of the file.
pub(super) fn read(path: &Path, sample: &Table) -> Result<(Margin, String), Vec<Problem>> {
    let data = results::read(path, None)?;
    let table = &data.table;
    let mut findings = Findings::default();
    let (total_name, keys) =
        table.header.split_last().map_or(("", [].as_slice()), |(last, keys)| (last.as_str(), keys));
    if keys.is_empty() {
        return Err(vec![
            Problem::new(
                &VALUE_OUT_OF_RANGE,
                &[("value", &total_name), ("reason", &"边际表至少要一列分类和一列总体数")],
            )
            .at(table.whole()),
        ]);
    }
    let totals = findings.full_numbers(table, total_name);
    for (row, total) in totals.iter().enumerate() {
        if *total < 0.0 {
            findings.refuse(table, row, total_name, "总体数不能为负");
        }
    }
    let columns: Vec<Vec<String>> = keys.iter().map(|key| findings.words(sample, key)).collect();
    findings.check()?;
    let mut categories: HashMap<Vec<&str>, u32> = HashMap::new();
    for row in 0..table.rows.len() {
        let key: Vec<&str> = (0..keys.len()).map(|column| table.text(row, column)).collect();
        if categories.insert(key, u32::try_from(row).unwrap_or(u32::MAX)).is_some() {
            findings.refuse(table, row, keys.first().map_or("", String::as_str), "这个分类在边际表里出现了两次");
        }
    }
    let mut category = Vec::with_capacity(sample.rows.len());
    for row in 0..sample.rows.len() {
        let key: Vec<&str> = columns.iter().filter_map(|words| words.get(row)).map(String::as_str).collect();
        match categories.get(&key) {
            Some(code) => category.push(*code),
            None => findings.refuse(sample, row, keys.first().map_or("", String::as_str), "这个分类不在边际表里"),
        }
    }
    findings.check()?;
    let mut seen = vec![false; totals.len()];
    for code in &category {
        if let Some(slot) = seen.get_mut(*code as usize) {
            *slot = true;
        }
    }
    for (row, (seen, total)) in seen.iter().zip(&totals).enumerate() {
        if *seen != (*total > 0.0) {
            findings.refuse(
                table,
                row,
                total_name,
                if *seen {
                    "样本里有人,总体数却是 0"
                } else {
                    "样本里没有这一类,无法加权到这个总体数"
                },
            );
        }
    }
    findings.check()?;
    Ok((Margin { category, totals }, data.sha256))
}
