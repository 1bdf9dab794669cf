//! `GET /api/v1/notices`: what the caller has been told.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::App;

/// Most notices of one answer.
const MOST: u32 = 100;

/// The caller's notices, newest first, at most 100.
#[utoipa::path(get, path = "/api/v1/notices", operation_id = "list_notices",
    responses((status = 200, description = "Notices")))]
pub(crate) async fn list(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let notices = app.store.read().await?.notices(caller.account, MOST).await?;
    let shown = notices.into_iter().map(|notice| {
        json!({ "id": notice.id, "case": notice.case, "subject": notice.subject, "text": notice.text,
                "at": notice.at, "read_at": notice.read_at })
    });
    Ok(Json(json!({ "notices": shown.collect::<Vec<_>>() })))
}
