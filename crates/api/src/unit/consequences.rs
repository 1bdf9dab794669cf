//! `GET /api/v1/units/{id}/consequences`: what hangs on a unit, before it is moved, merged or closed.

use super::unit_id;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, unit};

/// Units below it, open cases and grants, in numbers and in sentences.
#[utoipa::path(get, path = "/api/v1/units/{id}/consequences", operation_id = "show_unit_consequences",
    params(("id" = String, Path)), responses((status = 200, description = "What hangs on it")))]
pub(crate) async fn consequences(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    Ok(Json(json!(unit::consequences(&app, &caller, unit_id(&id)?).await?)))
}
