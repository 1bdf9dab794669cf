//! `GET /api/v1/indicators/{key}`: one indicator of a unit and period.

use super::wanted::Wanted;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde_json::Value;
use std::sync::Arc;
use yanpan_app::{
    App,
    indicator::{self, By},
};

/// Its value beside those of the period before and of a year ago, broken down, in a sentence, with the rows behind it.
#[utoipa::path(get, path = "/api/v1/indicators/{key}", operation_id = "show_indicator",
    params(("key" = String, Path), Wanted), responses((status = 200, description = "The indicator")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Refusal> {
    let by = match wanted.by.as_deref() {
        None | Some("none" | "") => By::None,
        Some("children") => By::Children,
        Some("period") => By::Period,
        Some(dimension) => By::Dimension(dimension.to_owned()),
    };
    let ground = wanted.ground(&app, &caller)?;
    Ok(Json(indicator::show(&app, &caller, &key, ground, by).await?))
}
