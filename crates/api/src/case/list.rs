//! `GET /api/v1/cases/{kind}`: a page of cases.

use super::{
    filter::{self, Wanted},
    view,
};
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_app::{App, Caller, case::todo_rows, ports::CaseRow};
use yanpan_kernel::{
    case::Definition,
    problem::{NOT_FOUND, Problem},
};

/// Count beyond which only `"10000+"` is said.
const MOST_COUNTED: u32 = 10_000;

/// A page inside the caller's scope, its `total` and the cursor of the `next` page. Query: `unit`, `q`, `mine`, `overdue`,
/// `todo`, `sort`, `after`, `limit`, and any column as a filter.
#[utoipa::path(get, path = "/api/v1/cases/{kind}", operation_id = "list_cases", params(("kind" = String, Path)),
    responses((status = 200, description = "A page")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(kind): Path<String>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Json<Value>, Refusal> {
    let definition = definition(&app, &kind)?;
    let wanted = filter::wanted(&app, &caller, definition, &given)?;
    let (rows, total) = match &wanted.todo {
        Some(verb) => waiting(&app, &caller, (definition, verb), &wanted).await?,
        None => {
            let reading = app.store.read().await?;
            let rows = reading.case_page(&wanted.query, &wanted.scope).await?;
            let total = reading.case_count(&wanted.query, &wanted.scope, MOST_COUNTED + 1).await?;
            (rows, if total > MOST_COUNTED { json!("10000+") } else { json!(total) })
        }
    };
    let full = u32::try_from(rows.len()).is_ok_and(|count| count == wanted.query.limit);
    let next = rows.last().filter(|_| full).map(|last| filter::said(&last.cursor(wanted.query.sort)));
    let shown: Vec<Value> = rows.iter().map(|row| view::row(&app, &caller, row)).collect();
    Ok(Json(json!({ "rows": shown, "total": total, "next": next })))
}

/// The present definition of a kind of case.
pub(super) fn definition<'a>(app: &'a App, kind: &str) -> Result<&'a Definition, Problem> {
    let found = app.packs.case(kind, "").map(|(_, definition)| definition);
    found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"这类事项")]))
}

/// A page of the cases for which one act is the caller's to do, and how many there are.
async fn waiting(
    app: &App,
    caller: &Caller,
    (definition, verb): (&Definition, &str),
    wanted: &Wanted,
) -> Result<(Vec<CaseRow>, Value), Refusal> {
    let reading = app.store.read().await?;
    let query = &wanted.query;
    let (found, more) = todo_rows(app, caller, reading.as_ref(), (definition, &query.filters), &wanted.scope).await?;
    let own = found.into_iter().filter(|todo| todo.verb == verb).map(|todo| todo.row);
    let mut rows: Vec<CaseRow> = own.collect();
    let total = if more { json!(format!("{}+", rows.len())) } else { json!(rows.len()) };
    let place = |row: &CaseRow| (row.value(query.sort), row.case.id);
    rows.sort_by_key(place);
    if query.descending {
        rows.reverse();
    }
    if let Some(after) = &query.after {
        let after = (after.value.clone(), after.id);
        rows.retain(|row| if query.descending { place(row) < after } else { place(row) > after });
    }
    rows.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    Ok((rows, total))
}
