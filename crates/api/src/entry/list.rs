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
use yanpan_kernel::{calendar::days, id::Id};

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
    /// Verb, such as `acts` of an answer gives it.
    verb: Option<String>,
    /// First day on which it was recorded.
    first: Option<String>,
    /// Last day on which it was recorded.
    last: Option<String>,
    /// `next` of the page before.
    after: Option<i64>,
    /// Rows, 50 when left out.
    limit: Option<u32>,
}

/// A page of entries on units in scope, newest first, with names; and every act that entries may tell of.
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
            verb: wanted.verb.filter(|verb| !verb.is_empty()),
            recorded: (start(&app, wanted.first, 0)?, start(&app, wanted.last, 1)?),
            before: wanted.after,
            limit: wanted.limit.unwrap_or(50).clamp(1, MOST_ROWS),
        },
    };
    let (rows, next) = entry::list(&app, &caller, &asked).await?;
    let acts = entry::acts(&app).into_iter();
    let acts: Vec<Value> =
        acts.map(|(kind, verb, title)| json!({ "kind": kind, "verb": verb, "title": title })).collect();
    Ok(Json(json!({ "rows": rows, "next": next, "acts": acts })))
}

/// When a day begins, or that many days later.
fn start(app: &App, text: Option<String>, later: i32) -> Result<Option<i64>, Refusal> {
    let given = text.filter(|text| !text.is_empty());
    let begins = |text: String| days::after(text.parse().ok()?, later).and_then(|day| app.environment.start_of(day));
    given.map(|text| begins(text).ok_or_else(|| Refusal::usage("first、last 应为日期"))).transpose()
}

fn id<T>(text: Option<String>, reason: &str) -> Result<Option<Id<T>>, Refusal> {
    let given = text.filter(|text| !text.is_empty());
    given.map(|text| text.parse().map_err(|_| Refusal::usage(reason))).transpose()
}
