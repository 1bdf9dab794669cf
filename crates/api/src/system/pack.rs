//! `GET /api/v1/system/packs/{key}`: a pack's files as they stand now.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, installation};

/// The files of a pack, and what they would change against the running version, for 平台管理员.
#[utoipa::path(get, path = "/api/v1/system/packs/{key}", operation_id = "show_pack", params(("key" = String, Path)),
    responses((status = 200, description = "Files and changes")))]
pub(crate) async fn pack(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(key): Path<String>,
) -> Result<Json<Value>, Refusal> {
    Ok(Json(json!(installation::pack_files(&app, &caller, &key).await?)))
}
