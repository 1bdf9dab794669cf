//! `POST /api/v1/system/backup`: a backup in the data folder.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, installation};

/// Makes a backup named after the moment, for 平台管理员.
#[utoipa::path(post, path = "/api/v1/system/backup", operation_id = "make_backup",
    responses((status = 201, description = "The backup")))]
pub(crate) async fn backup(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let made = installation::back_up(&app, &caller).await?;
    Ok((StatusCode::CREATED, Json(json!(made))))
}
