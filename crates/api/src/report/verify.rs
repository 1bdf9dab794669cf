//! `POST /api/v1/reports/verify`: recomputing every figure of a document that came back.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Multipart, Query, State, multipart::MultipartError},
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use utoipa::IntoParams;
use yanpan_app::{App, report};

/// Against what it is verified.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Whether to say also which figures would be others today.
    #[serde(default)]
    now: bool,
}

/// Verifies the DOCX in the multipart field `file`.
#[utoipa::path(post, path = "/api/v1/reports/verify", operation_id = "verify_report", params(Wanted),
    responses((status = 200, description = "What was found")))]
pub(crate) async fn verify(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Query(wanted): Query<Wanted>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Json<Value>, Refusal> {
    let mut form = form.map_err(|fault| Refusal::usage(&fault.body_text()))?;
    let unreadable = |fault: MultipartError| Refusal::usage(&fault.body_text());
    let mut docx = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            docx = Some(field.bytes().await.map_err(unreadable)?.to_vec());
        }
    }
    let docx = docx.ok_or_else(|| Refusal::usage("请在 file 中上传 DOCX"))?;
    let found = report::verify(&app, &caller, docx, wanted.now).await?;
    Ok(Json(serde_json::json!(found)))
}
