//! `GET /api/v1/session`: who is signed in.

use super::Session;
use crate::Refusal;
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, person::calling};
use yanpan_kernel::problem::PASSWORD_MUST_CHANGE;

/// The session: its CSRF token, and once the password is changed the name and grants.
#[utoipa::path(get, path = "/api/v1/session", operation_id = "show_session",
    responses((status = 200, description = "The session")))]
pub(crate) async fn show(State(app): State<Arc<App>>, session: Session) -> Result<Json<Value>, Refusal> {
    let csrf = session.record.csrf;
    match calling(&app, session.record.account).await {
        Ok(caller) => Ok(Json(json!({
            "csrf": csrf, "must_change": false, "login": caller.login, "name": caller.name,
            "grants": caller.grants.iter().map(|grant| json!({ "role": grant.role.key(), "unit": grant.unit })).collect::<Vec<_>>(),
        }))),
        Err(problem) if problem.is(&PASSWORD_MUST_CHANGE) => Ok(Json(json!({ "csrf": csrf, "must_change": true }))),
        Err(problem) => Err(problem.into()),
    }
}
