//! `POST /api/v1/imports/drafts/{id}/commit`: a draft becomes a batch.

use super::id;
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{
    App,
    import::{Choice, commit_draft},
};

/// What goes in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Committing {
    /// The good rows although others are refused; otherwise all or nothing.
    #[serde(default)]
    good_rows_only: bool,
    /// Suspected duplicates too.
    #[serde(default)]
    suspects: bool,
}

/// Writes what was previewed, whole or not at all. `numbers` are those of new cases, or first passwords of new accounts.
#[utoipa::path(post, path = "/api/v1/imports/drafts/{id}/commit", operation_id = "commit_import",
    params(("id" = String, Path)), request_body = Committing, responses((status = 200, description = "The batch")))]
pub(crate) async fn commit(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(draft): Path<String>,
    Given(given): Given<Committing>,
) -> Result<Json<Value>, Refusal> {
    let choice = Choice { good_rows_only: given.good_rows_only, suspects: given.suspects };
    let done = commit_draft(&app, &caller, id(&draft, "这份草稿")?, choice).await?;
    let numbers: Vec<Value> = done.given.iter().map(|(row, number)| json!({ "row": row, "number": number })).collect();
    let [created, updated, same] = done.batch.counts;
    Ok(Json(json!({ "batch": done.batch.id, "created": created, "updated": updated, "same": same,
        "numbers": numbers })))
}
