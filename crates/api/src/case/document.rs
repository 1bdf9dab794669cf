//! `GET /api/v1/cases/{kind}/{id}/documents/{key}`: a document of one case.

use super::show::found;
use crate::{Refusal, attachment::Attachment, guard::Asking};
use axum::extract::{Path, Query, State};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_app::{App, report::case_paper};
use yanpan_kernel::problem::{INTERNAL, Problem};

/// The document as its act made it, as `format=docx` (the default), `pdf` or `html`.
#[utoipa::path(get, path = "/api/v1/cases/{kind}/{id}/documents/{key}", operation_id = "show_case_document",
    params(("kind" = String, Path), ("id" = String, Path), ("key" = String, Path)),
    responses((status = 200, description = "The document")))]
pub(crate) async fn document(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((kind, id, key)): Path<(String, String, String)>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Attachment, Refusal> {
    let format = given.get("format").map_or("docx", String::as_str);
    if !["docx", "pdf", "html"].contains(&format) {
        return Err(Refusal::usage("format 可用 docx、pdf、html"));
    }
    let row = found(app.store.read().await?.as_ref(), &caller, &kind, &id).await?;
    let built = case_paper(&app, &caller, &row, &key, vec![format.to_owned()]).await?;
    let file = built.made.files.into_iter().next();
    let (_, bytes) = file.ok_or_else(|| Problem::new(&INTERNAL, &[("reference", &"document")]))?;
    Ok(Attachment::of(&built.name, format, bytes))
}
