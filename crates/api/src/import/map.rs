//! `PUT /api/v1/imports/drafts/{id}/mapping`: which heading is which column.

use super::{id, view::view};
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, import};

/// A mapping.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Mapping {
    mapping: Vec<Heading>,
}

/// A heading and what it is.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Heading {
    sheet: String,
    heading: String,
    /// Key of the column; empty or absent leaves the heading out.
    #[serde(default)]
    key: Option<String>,
}

/// Confirms or changes the mapping; the file is read again, and the mapping is remembered once it goes in.
#[utoipa::path(put, path = "/api/v1/imports/drafts/{id}/mapping", operation_id = "map_import",
    params(("id" = String, Path)), request_body = Mapping, responses((status = 200, description = "The draft")))]
pub(crate) async fn map(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(draft): Path<String>,
    Given(given): Given<Mapping>,
) -> Result<Json<Value>, Refusal> {
    let headings = given.mapping.into_iter().map(|one| (one.sheet, one.heading, one.key.unwrap_or_default()));
    let headings: Vec<(String, String, String)> = headings.collect();
    let draft = import::map_draft(&app, &caller, id(&draft, "这份草稿")?, &headings).await?;
    Ok(Json(view(&app, &caller, &draft).await?))
}
