//! `PUT /api/v1/people/{account}`: switching an account, or a new one-time password.

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
use yanpan_app::{App, person::change_account};

/// What to change.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Changing {
    enabled: Option<bool>,
    #[serde(default)]
    reset_password: bool,
}

/// Changes an account; with `reset_password` the answer holds the one-time password.
#[utoipa::path(put, path = "/api/v1/people/{account}", operation_id = "change_person", params(("account" = String, Path)),
    request_body = Changing, responses((status = 200, description = "The one-time password, if one was asked for")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(account): Path<String>,
    Given(given): Given<Changing>,
) -> Result<Json<Value>, Refusal> {
    let wanted = (given.enabled, given.reset_password);
    let password = change_account(&app, &caller, account_id(&account)?, wanted).await?;
    Ok(Json(json!({ "password": password })))
}
