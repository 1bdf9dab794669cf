//! `PUT /api/v1/imports/drafts/{id}/corrections`: what to read instead of what was found.

use super::{id, view::view};
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::{
    App,
    import::{self, CellCorrection, Corrections},
};

/// Corrections, added to those that are known.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Correcting {
    /// Of all cells alike: column key → text as found → text instead; null takes one back.
    #[serde(default)]
    corrections: BTreeMap<String, BTreeMap<String, Option<String>>>,
    /// Of single cells.
    #[serde(default)]
    cells: Vec<Cell>,
}

/// One cell.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Cell {
    sheet: String,
    row: u32,
    key: String,
    value: String,
}

/// Adds corrections; the file is read again.
#[utoipa::path(put, path = "/api/v1/imports/drafts/{id}/corrections", operation_id = "correct_import",
    params(("id" = String, Path)), request_body = Correcting, responses((status = 200, description = "The draft")))]
pub(crate) async fn correct(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(draft): Path<String>,
    Given(given): Given<Correcting>,
) -> Result<Json<Value>, Refusal> {
    let cells =
        given.cells.into_iter().map(|Cell { sheet, row, key, value }| CellCorrection { sheet, row, key, value });
    let corrections = Corrections { alike: given.corrections, cells: cells.collect() };
    let draft = import::correct_draft(&app, &caller, id(&draft, "这份草稿")?, corrections).await?;
    Ok(Json(view(&app, &caller, &draft).await?))
}
