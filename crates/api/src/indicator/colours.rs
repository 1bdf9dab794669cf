//! `GET /api/v1/colours`: the four colours of schools.

use super::wanted::Wanted;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Query, State},
};
use serde_json::Value;
use std::sync::Arc;
use yanpan_app::{App, indicator};

/// The colour of each school directly below a unit with its reason, and of each group how many schools have which.
#[utoipa::path(get, path = "/api/v1/colours", operation_id = "list_colours", params(Wanted),
    responses((status = 200, description = "Colours")))]
pub(crate) async fn colours(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Refusal> {
    let ground = wanted.ground(&app, &caller)?;
    Ok(Json(indicator::colours(&app, &caller, ground).await?))
}
