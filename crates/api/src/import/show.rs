//! `GET /api/v1/imports/drafts/{id}`: a draft as it stands.

use super::{id, view::view};
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::Value;
use std::sync::Arc;
use yanpan_app::{App, import};

/// Progress while the file is read; counts, mapping, problems and suggestions afterwards.
#[utoipa::path(get, path = "/api/v1/imports/drafts/{id}", operation_id = "show_import",
    params(("id" = String, Path)), responses((status = 200, description = "The draft")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(draft): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let draft = import::draft(&app, &caller, id(&draft, "这份草稿")?).await?;
    Ok(Json(view(&app, &caller, &draft).await?))
}
