//! `POST /api/v1/units/{id}/merge`: a unit goes into another.

use super::unit_id;
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, unit::merge_units};

/// Where it goes.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Merging {
    /// Id of the unit that follows.
    to: String,
    /// First day of the new order.
    #[schema(value_type = String)]
    on: jiff::civil::Date,
}

/// Merges; the successor inherits the open cases, each by an entry.
#[utoipa::path(post, path = "/api/v1/units/{id}/merge", operation_id = "merge_unit", params(("id" = String, Path)),
    request_body = Merging, responses((status = 200, description = "How many open cases moved")))]
pub(crate) async fn merge(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(id): Path<String>,
    Given(given): Given<Merging>,
) -> Result<Json<Value>, Refusal> {
    let moved = merge_units(&app, &caller, unit_id(&id)?, unit_id(&given.to)?, given.on).await?;
    Ok(Json(json!({ "moved": moved })))
}
