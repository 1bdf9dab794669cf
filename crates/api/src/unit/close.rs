//! `POST /api/v1/units/{id}/close`: the last day of a unit.

use super::unit_id;
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, unit::close_unit};

/// When it ends.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Closing {
    /// Last day on which it exists.
    #[schema(value_type = String)]
    last_day: jiff::civil::Date,
}

/// Closes a unit that has neither units below it nor open cases.
#[utoipa::path(post, path = "/api/v1/units/{id}/close", operation_id = "close_unit", params(("id" = String, Path)),
    request_body = Closing, responses((status = 204, description = "Closed")))]
pub(crate) async fn close(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(id): Path<String>,
    Given(given): Given<Closing>,
) -> Result<StatusCode, Refusal> {
    close_unit(&app, &caller, unit_id(&id)?, given.last_day).await?;
    Ok(StatusCode::NO_CONTENT)
}
