//! `POST /api/v1/system/verify`: every chain and every seal.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, installation};

/// Verifies every chain and every seal, for 平台管理员.
#[utoipa::path(post, path = "/api/v1/system/verify", operation_id = "verify_system",
    responses((status = 200, description = "What was found")))]
pub(crate) async fn verify(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    caller.as_administrator()?;
    Ok(Json(json!(installation::verify(&app).await?)))
}
