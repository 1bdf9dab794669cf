//! `GET /api/v1/reports`: what can be built, and what has been.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, report};

/// Periodic documents of the packs, and the reports built on units in scope, newest first, at most 200.
#[utoipa::path(get, path = "/api/v1/reports", operation_id = "list_reports",
    responses((status = 200, description = "Documents and reports")))]
pub(crate) async fn list(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let built = report::list(&app, &caller).await?;
    let periodic = app.packs.papers().filter(|(_, paper)| paper.period.is_some());
    let documents =
        periodic.map(|(_, paper)| json!({ "key": paper.key, "title": paper.title, "period": paper.period }));
    Ok(Json(json!({ "documents": documents.collect::<Vec<_>>(), "built": built })))
}
