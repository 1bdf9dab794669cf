//! `GET /api/v1/catalogue`: what the packs define.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use yanpan_app::{App, catalogue};

/// Cases, forms, rounds, indicators, ledgers, documents and views; `304` when the caller has this version.
#[utoipa::path(get, path = "/api/v1/catalogue", operation_id = "show_catalogue",
    responses((status = 200, description = "The catalogue"), (status = 304, description = "Unchanged")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(_caller): Asking,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let tag = format!("\"{}\"", catalogue::version(&app));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let headers = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if known == Some(tag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, Json(catalogue::show(&app))).into_response())
}
