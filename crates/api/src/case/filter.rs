//! What the query of a list asks for: filters, sort column, unit, page.

use crate::Refusal;
use std::collections::BTreeMap;
use yanpan_app::{
    App, Caller,
    ports::{Column, Cursor, Filter, Query, Test},
};
use yanpan_kernel::{
    calendar::days,
    case::{Definition, Stage},
    problem::{FILTER_UNKNOWN, Place, Problem},
    unit::Scope,
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

/// Words of the query that are no columns.
const WORDS: &[&str] = &["sort", "after", "limit", "unit", "q", "mine", "overdue", "todo", "format", "columns"];

/// What a list asks for.
pub(crate) struct Wanted {
    /// Kind, filters, order, page.
    pub(crate) query: Query,
    /// The caller's scope, below the unit that was asked for.
    pub(crate) scope: Scope,
    /// Only cases for which this act is the caller's to do.
    pub(crate) todo: Option<String>,
}

/// Reads `sort=-due_on`, `after=VALUE~ID`, `limit`, `unit=ID` (with all below it), `q` (number and summary), `mine=true` (what
/// the caller has done something with), `overdue=true`, `todo=VERB`, and one filter a column: `a,b` for one of several,
/// `2026-01-01..2026-02-01` for a range.
pub(crate) fn wanted(
    app: &App,
    caller: &Caller,
    definition: &Definition,
    given: &BTreeMap<String, String>,
) -> Result<Wanted, Refusal> {
    let sort = given.get("sort").map_or("-opened_on", String::as_str);
    let (descending, name) = sort.strip_prefix('-').map_or((false, sort), |name| (true, name));
    let limit = given.get("limit").map_or(Ok(20), |limit| limit.parse::<u32>());
    let limit = limit.map_err(|_| Refusal::usage("limit 应为整数"))?.clamp(1, MOST_ROWS);
    let after = given.get("after").map(|text| cursor(text)).transpose()?;
    let mut filters = Vec::new();
    for (name, value) in given.iter().filter(|(name, _)| !WORDS.contains(&name.as_str())) {
        filters.push(Filter { column: column(definition, name)?, test: test(value) });
    }
    if let Some(words) = given.get("q").map(|words| words.trim()).filter(|words| !words.is_empty()) {
        filters.push(Filter { column: Column::Search, test: Test::Contains(words.to_lowercase()) });
    }
    let is_set = |name: &str| given.get(name).is_some_and(|value| value == "true");
    if is_set("overdue") {
        let yesterday = days::after(app.environment.today(), -1).map(|day| day.to_string());
        filters.push(Filter { column: Column::Stage, test: Test::OneOf(vec![Stage::Open.key().to_owned()]) });
        filters.push(Filter { column: Column::DueOn, test: Test::Between(None, yesterday) });
    }
    let scope = match given.get("unit") {
        Some(unit) => caller.scope_under(unit.parse().map_err(|_| Refusal::usage("unit 应为单位的 id"))?)?,
        None => caller.scope(),
    };
    let actor = is_set("mine").then_some(caller.account);
    let sort = column(definition, name)?;
    let query = Query { kind: definition.key.clone(), filters, actor, sort, descending, after, limit };
    Ok(Wanted { query, scope, todo: given.get("todo").cloned() })
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

/// The cursor as the next request says it.
pub(crate) fn said(cursor: &Cursor) -> String {
    format!("{}~{}", cursor.value, cursor.id)
}
