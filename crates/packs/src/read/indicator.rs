//! `[indicator.KEY]` and `[listing.KEY]`: questions to the facts.

use super::{
    draft::{Draft, Reference, Wanted, refusal, unknown},
    select,
};
use crate::toml::{Placed, Table};
use std::collections::BTreeMap;
use yanpan_kernel::{
    indicator::{Behind, Definition, Direction, Listing, Measure},
    problem::{PACK_VALUE, Problem},
};

/// Columns of every list of cases, besides the slots of its kind.
const COLUMNS: [&str; 6] = ["state", "stage", "number", "opened_on", "closed_on", "due_on"];

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
        persons: table.boolean("persons").or(false),
        tile: table.integer_in("tile", 1..=99).optional().and_then(|place| u32::try_from(place).ok()),
        rows: table.table("rows").optional().map(|rows| behind(draft, &rows)),
    };
    for column in needed(&definition).filter(|column| !names_word(&definition.sql, column)) {
        let reason = format!("SELECT 没有返回「{column}」列");
        table.problem(&PACK_VALUE, &[("key", &"sql"), ("value", &key.value), ("reason", &reason)]);
    }
    draft.pack.indicators.insert(key.value.clone(), definition);
}

/// The cases behind a number; the names of the filters are looked up once all case kinds are known.
fn behind(draft: &mut Draft, table: &Table<'_>) -> Behind {
    let case = table.text("case").required_placed();
    let mut filters = BTreeMap::new();
    for (name, item) in table.table("where").required().iter().flat_map(Table::items) {
        let Some(value) = item.placed_text() else { continue };
        for word in value.value.split('$').skip(1) {
            let word = word.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default();
            if !Behind::DATES.contains(&word) {
                let reason = format!("可用的日期:${}", Behind::DATES.join("、$"));
                draft.problems.push(refusal(&name.value, &value.value, &reason, &value.place));
            }
        }
        if let Some(case) = &case {
            draft.filters.push((case.value.clone(), name.clone()));
        }
        filters.insert(name.value, value.value);
    }
    let present = table.boolean("present").or(false);
    let key = case.as_ref().map(|case| case.value.clone()).unwrap_or_default();
    draft.references.extend(case.map(|key| Reference { wanted: Wanted::Case, key }));
    Behind { case: key, present, filters }
}

/// Filters that the list of their case kind does not have.
pub fn check(draft: &Draft) -> Vec<Problem> {
    let misfit = |(case, filter): &(String, Placed<String>)| {
        let slots = &draft.pack.cases.get(case)?.slots;
        let known = || COLUMNS.into_iter().chain(slots.iter().map(String::as_str));
        let found = known().any(|column| column == filter.value);
        (!found).then(|| unknown("筛选项", filter, known()))
    };
    draft.filters.iter().filter_map(misfit).collect()
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
