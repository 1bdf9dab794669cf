//! `GET /api/v1/rounds`: every round in the period at hand.

use super::view;
use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use yanpan_app::{App, round::boards};
use yanpan_kernel::round::Standing;

/// Rounds with how many units in scope stand how, and what the caller's own unit owes.
#[utoipa::path(get, path = "/api/v1/rounds", operation_id = "list_rounds",
    responses((status = 200, description = "Rounds")))]
pub(crate) async fn list(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let reading = app.store.read().await?;
    let boards = boards(&app, &caller, reading.as_ref()).await?;
    let shown = boards.iter().map(|board| {
        let standing = |standing: Standing| (standing.key().to_owned(), json!(board.count(standing)));
        let mut counts: Map<String, Value> = Standing::ALL.into_iter().map(standing).collect();
        counts.insert("late".to_owned(), json!(board.rows.iter().filter(|row| row.late).count()));
        json!({
            "key": board.definition.key, "title": board.definition.title, "period": board.period.key().to_string(),
            "label": board.period.label(), "due_at": board.due_at, "counts": counts,
            "mine": board.mine(&caller).map(|obligation| view(&caller, obligation)),
        })
    });
    Ok(Json(json!({ "rounds": shown.collect::<Vec<_>>() })))
}
