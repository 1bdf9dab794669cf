//! `POST /api/v1/imports/batches/{id}/undo`: a batch is taken back.

use super::id;
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::{App, import};

/// Cases that someone has acted on since and that are taken back all the same.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Undoing {
    /// Their ids.
    #[serde(default)]
    confirmed: Vec<String>,
}

/// Withdraws what the batch made; `409.5` names each case that must be confirmed.
#[utoipa::path(post, path = "/api/v1/imports/batches/{id}/undo", operation_id = "undo_batch",
    params(("id" = String, Path)), request_body = Undoing, responses((status = 200, description = "How many")))]
pub(crate) async fn undo(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(batch): Path<String>,
    Given(given): Given<Undoing>,
) -> Result<Json<Value>, Refusal> {
    let confirmed = given.confirmed.iter().map(|text| id(text, "这件事项")).collect::<Result<BTreeSet<_>, _>>()?;
    let withdrawn = import::undo(&app, &caller, id(&batch, "这一批导入")?, confirmed).await?;
    Ok(Json(json!({ "withdrawn": withdrawn })))
}
