//! `GET /api/v1/entries`: the audit trail in scope.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::IntoParams;
use yanpan_app::{
    App,
    entry::{self, Asked},
    ports::EntryQuery,
};
use yanpan_kernel::id::Id;

/// Most rows of a page.
const MOST_ROWS: u32 = 100;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Unit id: this unit and everything below it.
    unit: Option<String>,
    /// Kind of thing: a case or round key, `unit`, `account`, ….
    kind: Option<String>,
    /// Account id.
    actor: Option<String>,
    /// `next` of the page before.
    after: Option<i64>,
    /// Rows, 50 when left out.
    limit: Option<u32>,
}

/// A page of entries on units in scope, newest first, with names.
#[utoipa::path(get, path = "/api/v1/entries", operation_id = "list_entries", params(Wanted),
    responses((status = 200, description = "A page")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Refusal> {
    let asked = Asked {
        unit: id(wanted.unit, "unit 应为单位的 id")?,
        query: EntryQuery {
            kind: wanted.kind.filter(|kind| !kind.is_empty()),
            actor: id(wanted.actor, "actor 应为账号的 id")?,
            before: wanted.after,
            limit: wanted.limit.unwrap_or(50).clamp(1, MOST_ROWS),
        },
    };
    let (rows, next) = entry::list(&app, &caller, &asked).await?;
    Ok(Json(json!({ "rows": rows, "next": next })))
}

fn id<T>(text: Option<String>, reason: &str) -> Result<Option<Id<T>>, Refusal> {
    let given = text.filter(|text| !text.is_empty());
    given.map(|text| text.parse().map_err(|_| Refusal::usage(reason))).transpose()
}
