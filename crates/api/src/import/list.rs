//! `GET /api/v1/imports`: the caller's drafts, and batches under its care.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, import};

/// Drafts and batches, newest first.
#[utoipa::path(get, path = "/api/v1/imports", operation_id = "list_imports",
    responses((status = 200, description = "Drafts and batches")))]
pub(crate) async fn list(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let drafts = import::drafts(&app, &caller).await?;
    let batches = import::batches(&app, &caller).await?;
    let drafts = drafts.iter().map(|draft| {
        json!({ "id": draft.id, "ledger": draft.kind, "name": draft.name, "unit": draft.unit, "at": draft.at,
            "batch": draft.batch })
    });
    Ok(Json(json!({ "drafts": drafts.collect::<Vec<_>>(), "batches": batches })))
}
