//! `[indicator.KEY]` and `[listing.KEY]`: questions to the facts.

use super::draft::Draft;
use crate::toml::{Placed, Table};
use yanpan_kernel::{
    indicator::{Definition, Direction, Listing, Measure},
    problem::PACK_VALUE,
};

/// Dates that a SELECT may name.
const DATES: [&str; 4] = ["first", "last", "previous_last", "next_last"];

/// Reads an indicator.
pub fn read_indicator(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    let measures = [("sum", Measure::Sum), ("most", Measure::Most), ("rate", Measure::Rate)];
    let directions = [("up", Direction::Up), ("down", Direction::Down), ("neutral", Direction::Neutral)];
    let definition = Definition {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        sql: sql(table),
        dimensions: table.texts("dimensions").or(Vec::new()),
        measure: table.choice("measure", &measures).required().unwrap_or(Measure::Sum),
        unit: table.text("unit").or(String::new()),
        direction: table.choice("direction", &directions).required().unwrap_or(Direction::Neutral),
    };
    draft.pack.indicators.insert(key.value.clone(), definition);
}

/// Reads a listing.
pub fn read_listing(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    let listing = Listing {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        sql: sql(table),
        columns: table.texts("columns").required_or(Vec::new()),
    };
    draft.pack.listings.insert(key.value.clone(), listing);
}

fn sql(table: &Table<'_>) -> String {
    let read = table.text("sql").then(|text| {
        let first = text.split_whitespace().next().unwrap_or_default().to_uppercase();
        if !["SELECT", "WITH"].contains(&first.as_str()) {
            return Err("只能是一个 SELECT".to_owned());
        }
        Ok(text)
    });
    let text = read.required_or(String::new());
    for word in text.split('$').skip(1) {
        let name: String = word.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if !DATES.contains(&name.as_str()) {
            let reason = format!("可用的日期:${}", DATES.join("、$"));
            table.problem(&PACK_VALUE, &[("key", &"sql"), ("value", &format!("${name}")), ("reason", &reason)]);
        }
    }
    text
}
