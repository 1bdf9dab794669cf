//! `POST /api/v1/imports`: a file becomes a draft.

use super::view::view;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Multipart, State},
    http::StatusCode,
};
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, import};

/// The parts of the form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is wanted: the parts are read one by one")]
pub(crate) struct Uploading {
    /// The workbook: .xlsx, .xls, .et, .csv, .tsv.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Key of what it is imported into: a ledger, a round with a form, `units`, `people`, `pupils`, `teaching`.
    ledger: String,
    /// Unit id for rows that name none.
    unit: Option<String>,
}

/// Keeps the file for seven days and begins to read it.
#[utoipa::path(post, path = "/api/v1/imports", operation_id = "upload_import",
    request_body(content = Uploading, content_type = "multipart/form-data"),
    responses((status = 201, description = "The draft")))]
pub(crate) async fn upload(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    mut form: Multipart,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let broken = |fault: axum::extract::multipart::MultipartError| Refusal::usage(&fault.body_text());
    let (mut file, mut ledger, mut unit) = (None, String::new(), None);
    while let Some(part) = form.next_field().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "file" => {
                let name = part.file_name().unwrap_or("导入.xlsx").to_owned();
                file = Some((name, part.bytes().await.map_err(broken)?.to_vec()));
            }
            "ledger" => ledger = part.text().await.map_err(broken)?,
            "unit" => {
                let text = part.text().await.map_err(broken)?;
                let given = Some(text.trim()).filter(|text| !text.is_empty());
                let parsed = given.map(|text| text.parse().map_err(|_| Refusal::usage("unit 应为单位的 id")));
                unit = parsed.transpose()?;
            }
            _ => {}
        }
    }
    let (name, bytes) = file.ok_or_else(|| Refusal::usage("缺少文件(file)"))?;
    let draft = import::upload(&app, &caller, (&ledger, unit), (&name, bytes)).await?;
    Ok((StatusCode::CREATED, Json(view(&app, &caller, &draft).await?)))
}
