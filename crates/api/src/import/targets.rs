//! `GET /api/v1/imports/targets`: what the caller may import into.

use crate::guard::Asking;
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, import};

/// Key, title, kind of case (of ledgers) and columns of every target: ledgers of packs first, then returns, units, people,
/// pupils, teaching.
#[utoipa::path(get, path = "/api/v1/imports/targets", operation_id = "import_targets",
    responses((status = 200, description = "The targets")))]
pub(crate) async fn targets(State(app): State<Arc<App>>, Asking(caller): Asking) -> Json<Value> {
    let targets = import::targets(&app, &caller).into_iter().map(|target| {
        let columns = target.columns.iter();
        let columns = columns.map(|one| json!({ "key": one.key, "title": one.title, "required": one.required }));
        let case = app.packs.ledger(&target.key).map(|(_, ledger)| ledger.case.clone());
        json!({ "key": target.key, "title": target.title, "case": case, "columns": columns.collect::<Vec<_>>() })
    });
    Json(targets.collect())
}
