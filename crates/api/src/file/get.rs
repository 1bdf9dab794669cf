//! `GET /api/v1/files/{hash}`: the bytes of a file, through the scope of a case that holds it.

use crate::{Refusal, attachment::Attachment, guard::Asking};
use axum::extract::{Path, Query, State};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_app::{App, file::get_file};

/// Pictures that a page may show in place: encoded by the program itself.
const SHOWN: [&str; 2] = ["image/jpeg", "image/png"];

/// A file as an attachment; a JPEG or PNG with `inline=true` in place.
#[utoipa::path(get, path = "/api/v1/files/{hash}", operation_id = "get_file", params(("hash" = String, Path)),
    responses((status = 200, description = "The bytes")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(hash): Path<String>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Attachment, Refusal> {
    let (file, bytes) = get_file(&app, &caller, &hash).await?;
    let inline = given.get("inline").is_some_and(|inline| inline == "true") && SHOWN.contains(&file.media.as_str());
    Ok(Attachment { name: file.name, media: file.media, bytes, inline })
}
