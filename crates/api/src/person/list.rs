//! `GET /api/v1/people`: who works in a unit and below.

use crate::{Refusal, guard::Fresh, unit::unit_id};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::IntoParams;
use yanpan_app::{App, person::list_people};

/// Which unit.
#[derive(Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Unit id.
    unit: String,
}

/// People with their accounts and grants; a sign-in name is shown, a password never.
#[utoipa::path(get, path = "/api/v1/people", operation_id = "list_people", params(Asked),
    responses((status = 200, description = "People")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Refusal> {
    let now = app.environment.now_ms();
    let people = list_people(&app, &caller, unit_id(&asked.unit)?).await?;
    let shown = people.into_iter().map(|(account, person, grants)| {
        let grants = grants.into_iter().map(|grant| {
            json!({
                "id": grant.id, "role": grant.role.key(), "role_title": grant.role.title(), "unit": grant.unit,
                "unit_name": caller.tree.get(grant.unit).map(|unit| &unit.name),
                "valid_from": grant.valid_from, "valid_to": grant.valid_to,
            })
        });
        json!({
            "account": account.id, "login": account.login, "name": person.name, "post": person.post,
            "enabled": account.enabled, "locked": account.locked_until.is_some_and(|until| until > now),
            "grants": grants.collect::<Vec<_>>(),
        })
    });
    Ok(Json(json!({ "people": shown.collect::<Vec<_>>() })))
}
