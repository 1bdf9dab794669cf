//! `GET /api/v1/rounds/{key}/{period}`: who stands how in a period.

use super::{period_of, view};
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, collections::HashMap, sync::Arc};
use yanpan_app::{
    App,
    round::{board, round},
};

/// What units in scope owe, in the bureau's order; `standing=missing,returned` narrows, `unit=ID` too.
#[utoipa::path(get, path = "/api/v1/rounds/{key}/{period}", operation_id = "show_round",
    params(("key" = String, Path), ("period" = String, Path)),
    responses((status = 200, description = "Obligations")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((key, period)): Path<(String, String)>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Json<Value>, Refusal> {
    let definition = round(&app, &key)?;
    let period = period_of(&app, &period)?;
    let scope = match given.get("unit") {
        Some(unit) => caller.scope_under(unit.parse().map_err(|_| Refusal::usage("unit 应为单位的 id"))?)?,
        None => caller.scope(),
    };
    let board = board(&app, &caller, app.store.read().await?.as_ref(), (definition, period)).await?;
    let order: HashMap<_, _> = caller.tree.all().into_iter().map(|version| version.unit).zip(0_usize..).collect();
    let wanted = given.get("standing").filter(|standing| !standing.is_empty());
    let mut rows: Vec<_> = board
        .rows
        .iter()
        .filter(|row| scope.contains(row.unit))
        .filter(|row| wanted.is_none_or(|keys| keys.split(',').any(|key| key == row.standing.key())))
        .collect();
    rows.sort_by_key(|row| order.get(&row.unit).copied().unwrap_or(usize::MAX));
    let rows: Vec<Value> = rows.into_iter().map(|row| view(&caller, row)).collect();
    Ok(Json(json!({
        "key": key, "title": definition.title, "period": period.key().to_string(), "label": period.label(),
        "due_at": board.due_at, "rows": rows,
    })))
}
