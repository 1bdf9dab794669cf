//! Filters and sort columns in the query of a list.

use crate::Refusal;
use std::collections::BTreeMap;
use yanpan_app::ports::{Column, Cursor, Filter, Query, Test};
use yanpan_kernel::{
    case::Definition,
    problem::{FILTER_UNKNOWN, Place, Problem},
};

/// Most rows of a page.
const MOST_ROWS: u32 = 100;
const COLUMNS: &[(&str, Column)] = &[
    ("state", Column::State),
    ("stage", Column::Stage),
    ("number", Column::Number),
    ("opened_on", Column::OpenedOn),
    ("closed_on", Column::ClosedOn),
    ("due_on", Column::DueOn),
];

/// The page that the query asks for: `sort=-due_on`, `after=VALUE~ID`, `limit`, and one filter per column,
/// `a,b` for one of several and `2026-01-01..2026-02-01` for a range.
pub(crate) fn query(definition: &Definition, given: &BTreeMap<String, String>) -> Result<Query, Refusal> {
    let sort = given.get("sort").map_or("-opened_on", String::as_str);
    let (descending, name) = sort.strip_prefix('-').map_or((false, sort), |name| (true, name));
    let limit = given.get("limit").map_or(Ok(20), |limit| limit.parse::<u32>());
    let limit = limit.map_err(|_| Refusal::usage("limit 应为整数"))?.clamp(1, MOST_ROWS);
    let after = given.get("after").map(|text| cursor(text)).transpose()?;
    let mut filters = Vec::new();
    for (name, value) in given.iter().filter(|(name, _)| !["sort", "after", "limit"].contains(&name.as_str())) {
        filters.push(Filter { column: column(definition, name)?, test: test(value) });
    }
    let sort = column(definition, name)?;
    Ok(Query { kind: definition.key.clone(), filters, sort, descending, after, limit })
}

fn column(definition: &Definition, name: &str) -> Result<Column, Refusal> {
    let fixed = COLUMNS.iter().find(|(key, _)| *key == name).map(|(_, column)| *column);
    fixed.or_else(|| definition.slot(name).map(Column::Slot)).ok_or_else(|| {
        let known = COLUMNS.iter().map(|(key, _)| *key).chain(definition.slots.iter().map(String::as_str));
        let known = known.collect::<Vec<_>>().join("、");
        Problem::new(&FILTER_UNKNOWN, &[("field", &name), ("known", &known)]).at(Place::field(name)).into()
    })
}

fn test(value: &str) -> Test {
    let end = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    value.split_once("..").map_or_else(
        || Test::OneOf(value.split(',').map(str::to_owned).collect()),
        |(least, most)| Test::Between(end(least), end(most)),
    )
}

fn cursor(text: &str) -> Result<Cursor, Refusal> {
    let parts = text.rsplit_once('~').and_then(|(value, id)| Some((value.to_owned(), id.parse().ok()?)));
    parts.map(|(value, id)| Cursor { value, id }).ok_or_else(|| Refusal::usage("after 应取自上一页的 next"))
}

/// The cursor after the last row of a page.
pub(crate) fn next(query: &Query, last: &yanpan_app::ports::CaseRow) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let case = &last.case;
    let value = match query.sort {
        Column::State => case.state.clone(),
        Column::Stage => case.stage.key().to_owned(),
        Column::Number => case.number.clone(),
        Column::OpenedOn => case.opened_on.to_string(),
        Column::ClosedOn => day(case.closed_on),
        Column::DueOn => day(last.due_on),
        Column::Slot(slot) => last.slots.get(slot).cloned().unwrap_or_default(),
    };
    format!("{value}~{}", case.id)
}
