//! `GET /api/v1/files/{hash}`: the bytes of a file, through the scope of a case that holds it.

use crate::{Refusal, guard::Asking};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use std::sync::Arc;
use yanpan_app::{App, file::get_file};

/// A file, always as an attachment.
#[utoipa::path(get, path = "/api/v1/files/{hash}", operation_id = "get_file", params(("hash" = String, Path)),
    responses((status = 200, description = "The bytes")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(hash): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let (file, bytes) = get_file(&app, &caller, &hash).await?;
    let headers = [(header::CONTENT_TYPE, file.media), (header::CONTENT_DISPOSITION, "attachment".to_owned())];
    Ok((headers, bytes))
}
