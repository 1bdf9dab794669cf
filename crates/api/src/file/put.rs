//! `POST /api/v1/files`: uploading a file, which an act then names in an answer.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
};
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{
    App,
    file::{media_type, put_file},
};
use yanpan_kernel::problem::{Problem, TOO_LARGE};

/// A form with one file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the body")]
pub(crate) struct Upload {
    /// The file.
    #[schema(format = Binary, value_type = String)]
    file: Vec<u8>,
}

/// Stores the part named `file`. It belongs to no case until an act names it, and is swept after a day.
#[utoipa::path(post, path = "/api/v1/files", operation_id = "put_file",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, description = "Hash and name, as answers name files, and the media type")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let absent = || Refusal::usage("应以 multipart/form-data 上传，文件在 file 一项");
    let mut form = form.map_err(|_| absent())?;
    while let Some(part) = form.next_field().await.map_err(broken)? {
        if part.name() == Some("file") {
            let name = part.file_name().unwrap_or("文件").to_owned();
            let bytes = part.bytes().await.map_err(broken)?.to_vec();
            let media = media_type(&bytes);
            let stored = put_file(&app, &caller, &name, bytes).await?;
            let shown = json!({ "hash": stored.hash, "name": stored.name, "media": media });
            return Ok((StatusCode::CREATED, Json(shown)));
        }
    }
    Err(absent())
}

/// A body that breaks off, or is longer than any file may be.
fn broken(error: MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(&TOO_LARGE, &[("limit", &"20 MB")]).into();
    }
    Refusal::usage("上传的内容不完整，请重新上传")
}
