//! `GET /api/v1/system`: how the installation stands.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, installation};

/// Version, database, packs, entries, the last seal, backups and jobs, for 平台管理员.
#[utoipa::path(get, path = "/api/v1/system", operation_id = "show_system",
    responses((status = 200, description = "How it stands")))]
pub(crate) async fn show(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    Ok(Json(json!(installation::status(&app, &caller).await?)))
}
