//! `GET /api/v1/imports/drafts/{id}/rejects`: the refused rows as the user's own workbook.

use super::id;
use crate::{Refusal, attachment::Attachment, guard::Asking};
use axum::extract::{Path, State};
use std::sync::Arc;
use yanpan_app::{App, import};

/// Layout kept, wrong cells marked, each row explained.
#[utoipa::path(get, path = "/api/v1/imports/drafts/{id}/rejects", operation_id = "rejects_of_import",
    params(("id" = String, Path)), responses((status = 200, description = "A workbook")))]
pub(crate) async fn rejects(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(draft): Path<String>,
) -> Result<Attachment, Refusal> {
    let (draft, bytes) = import::rejects_of_draft(&app, &caller, id(&draft, "这份草稿")?).await?;
    let stem = draft.name.rsplit_once('.').map_or(draft.name.as_str(), |(stem, _)| stem);
    Ok(Attachment::of(&format!("{stem}-退回"), "xlsx", bytes))
}
