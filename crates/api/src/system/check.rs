//! `POST /api/v1/system/packs/{key}/check`: what is wrong with a pack's files.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, installation};

/// Every problem of a pack's files as they stand now, with file, line and column, for 平台管理员.
#[utoipa::path(post, path = "/api/v1/system/packs/{key}/check", operation_id = "check_pack",
    params(("key" = String, Path)), responses((status = 200, description = "Problems")))]
pub(crate) async fn check(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(key): Path<String>,
) -> Result<Json<Value>, Refusal> {
    Ok(Json(json!({ "problems": installation::check_pack(&app, &caller, &key).await? })))
}
