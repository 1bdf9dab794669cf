//! `GET /api/v1/rounds/{key}/periods`: the periods of a round.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, round};

/// Periods for which units in scope owe the round, newest first.
#[utoipa::path(get, path = "/api/v1/rounds/{key}/periods", operation_id = "list_round_periods",
    params(("key" = String, Path)), responses((status = 200, description = "Periods")))]
pub(crate) async fn periods(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(key): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let periods = round::periods(&app, &caller, &key).await?;
    let shown = periods.iter().map(|period| json!({ "key": period.key().to_string(), "label": period.label() }));
    Ok(Json(json!({ "periods": shown.collect::<Vec<_>>() })))
}
