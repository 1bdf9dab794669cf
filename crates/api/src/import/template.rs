//! `GET /api/v1/imports/templates/{ledger}`: an empty workbook to be filled in.

use crate::{Refusal, attachment::Attachment, guard::Asking};
use axum::extract::{Path, State};
use std::sync::Arc;
use yanpan_app::{App, import};

/// Headings, drop-downs, an example row, an instruction sheet.
#[utoipa::path(get, path = "/api/v1/imports/templates/{ledger}", operation_id = "import_template",
    params(("ledger" = String, Path)), responses((status = 200, description = "A workbook")))]
pub(crate) async fn template(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(ledger): Path<String>,
) -> Result<Attachment, Refusal> {
    let title = import::sheet_target(&app, &caller, &ledger)?.title;
    Ok(Attachment::of(&format!("{title}模板"), "xlsx", import::template(&app, &caller, &ledger)?))
}
