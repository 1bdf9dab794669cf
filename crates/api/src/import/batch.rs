//! `GET /api/v1/imports/batches/{id}`: a batch.

use super::id;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use std::sync::Arc;
use yanpan_app::{App, import};

/// What was imported, by whom and when, and whether it was undone.
#[utoipa::path(get, path = "/api/v1/imports/batches/{id}", operation_id = "show_batch",
    params(("id" = String, Path)), responses((status = 200, description = "The batch")))]
pub(crate) async fn batch(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(batch): Path<String>,
) -> Result<Json<serde_json::Value>, Refusal> {
    let batch = import::batch(&app, &caller, id(&batch, "这一批导入")?).await?;
    Ok(Json(serde_json::json!(batch)))
}
