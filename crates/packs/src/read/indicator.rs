//! `[indicator.KEY]` and `[listing.KEY]`: questions to the facts.

use super::{draft::Draft, select};
use crate::toml::{Placed, Table};
use yanpan_kernel::{
    indicator::{Definition, Direction, Listing, Measure},
    problem::PACK_VALUE,
};

/// Reads an indicator.
pub fn read_indicator(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("indicator", key);
    let measures = [("sum", Measure::Sum), ("most", Measure::Most), ("rate", Measure::Rate)];
    let directions = [("up", Direction::Up), ("down", Direction::Down), ("neutral", Direction::Neutral)];
    let definition = Definition {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        sql: select::read(draft, table),
        dimensions: table.texts("dimensions").or(Vec::new()),
        measure: table.choice("measure", &measures).required().unwrap_or(Measure::Sum),
        unit: table.text("unit").or(String::new()),
        direction: table.choice("direction", &directions).required().unwrap_or(Direction::Neutral),
    };
    for column in needed(&definition).filter(|column| !names_word(&definition.sql, column)) {
        let reason = format!("SELECT 没有返回「{column}」列");
        table.problem(&PACK_VALUE, &[("key", &"sql"), ("value", &key.value), ("reason", &reason)]);
    }
    draft.pack.indicators.insert(key.value.clone(), definition);
}

/// Reads a listing.
pub fn read_listing(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("listing", key);
    let listing = Listing {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        sql: select::read(draft, table),
        columns: table.texts("columns").required_or(Vec::new()),
    };
    if listing.columns.is_empty() {
        table.problem(&PACK_VALUE, &[("key", &"columns"), ("value", &"[]"), ("reason", &"至少一列")]);
    }
    draft.pack.listings.insert(key.value.clone(), listing);
}

/// Columns that an indicator's SELECT must return.
fn needed(definition: &Definition) -> impl Iterator<Item = &str> {
    let rate = (definition.measure == Measure::Rate).then_some("denominator");
    ["unit_id", "numerator"].into_iter().chain(rate).chain(definition.dimensions.iter().map(String::as_str))
}

fn names_word(sql: &str, wanted: &str) -> bool {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == wanted)
}
