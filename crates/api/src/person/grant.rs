//! `POST /api/v1/people/{account}/grants`: a role over a unit.

use super::{account_id, role};
use crate::{Refusal, body::Given, guard::Fresh, unit::unit_id};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, person::add_grant};

/// A grant.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Granting {
    role: String,
    /// Unit id.
    unit: String,
    /// First day, today when left out.
    #[schema(value_type = Option<String>)]
    valid_from: Option<jiff::civil::Date>,
}

/// Gives a role over a unit and all below it.
#[utoipa::path(post, path = "/api/v1/people/{account}/grants", operation_id = "add_grant",
    params(("account" = String, Path)), request_body = Granting, responses((status = 201, description = "The grant")))]
pub(crate) async fn grant(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(account): Path<String>,
    Given(given): Given<Granting>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let from = given.valid_from.unwrap_or_else(|| app.environment.today());
    let wanted = (role(&given.role)?, unit_id(&given.unit)?, from);
    let grant = add_grant(&app, &caller, account_id(&account)?, wanted).await?;
    Ok((StatusCode::CREATED, Json(json!({ "id": grant.id }))))
}
