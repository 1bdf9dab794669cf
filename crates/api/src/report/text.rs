//! `GET /api/v1/reports/{id}/text`: 通报文字.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, report};
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// The text of a report without tables, charts and attachments, to be pasted into a notice.
#[utoipa::path(get, path = "/api/v1/reports/{id}/text", operation_id = "get_report_text", params(("id" = String, Path)),
    responses((status = 200, description = "The text")))]
pub(crate) async fn text(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let id = id.parse().map_err(|_| Problem::new(&NOT_FOUND, &[("what", &"这份报告")]))?;
    let (_, bytes) = report::file(&app, &caller, id, report::TEXT).await?;
    Ok(Json(json!({ "text": String::from_utf8_lossy(&bytes) })))
}
