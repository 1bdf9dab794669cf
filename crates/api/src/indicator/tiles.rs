//! `GET /api/v1/indicators`: the first figures of a unit.

use super::wanted::Wanted;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Query, State},
};
use serde_json::Value;
use std::sync::Arc;
use yanpan_app::{App, indicator};

/// The indicators to which the packs give a place, of a unit and everything below it.
#[utoipa::path(get, path = "/api/v1/indicators", operation_id = "list_indicators", params(Wanted),
    responses((status = 200, description = "Tiles")))]
pub(crate) async fn tiles(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Refusal> {
    let ground = wanted.ground(&app, &caller)?;
    Ok(Json(indicator::tiles(&app, &caller, ground).await?))
}
