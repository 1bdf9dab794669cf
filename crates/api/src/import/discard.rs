//! `DELETE /api/v1/imports/drafts/{id}`: a draft is thrown away, its reading stopped.

use super::id;
use crate::{Refusal, guard::Asking};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use std::sync::Arc;
use yanpan_app::{App, import::discard_draft};

/// Throws the draft away; a file that is being read is read no further.
#[utoipa::path(delete, path = "/api/v1/imports/drafts/{id}", operation_id = "discard_import",
    params(("id" = String, Path)), responses((status = 204, description = "Gone")))]
pub(crate) async fn discard(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(draft): Path<String>,
) -> Result<StatusCode, Refusal> {
    discard_draft(&app, &caller, id(&draft, "这份草稿")?).await?;
    Ok(StatusCode::NO_CONTENT)
}
