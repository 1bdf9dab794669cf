//! `POST /api/v1/people/{account}/hand-over`: someone else takes over what this person answers for.

use super::account_id;
use crate::{Refusal, body::Given, guard::Fresh};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, person};

/// To whom, and from when.
#[derive(Deserialize, ToSchema)]
pub(crate) struct HandingOver {
    /// Account that takes over.
    to: String,
    /// First day of the new order, today when left out.
    #[schema(value_type = Option<String>)]
    on: Option<jiff::civil::Date>,
}

/// Hands over every grant that holds on that day.
#[utoipa::path(post, path = "/api/v1/people/{account}/hand-over", operation_id = "hand_over",
    params(("account" = String, Path)), request_body = HandingOver,
    responses((status = 200, description = "How many grants were handed over")))]
pub(crate) async fn hand_over(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(account): Path<String>,
    Given(given): Given<HandingOver>,
) -> Result<Json<Value>, Refusal> {
    let on = given.on.unwrap_or_else(|| app.environment.today());
    let pair = (account_id(&account)?, account_id(&given.to)?);
    let grants = person::hand_over(&app, &caller, pair, on).await?;
    Ok(Json(json!({ "grants": grants })))
}
