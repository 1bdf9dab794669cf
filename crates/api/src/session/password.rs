//! `PUT /api/v1/session/password`: changing one's own password.

use super::{Session, close, open};
use crate::{Refusal, body::Given};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, person::change_password};

/// The old and the new password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Change {
    old: String,
    new: String,
}

/// Changes the password and replaces the session by a fresh one.
#[utoipa::path(put, path = "/api/v1/session/password", operation_id = "change_password", request_body = Change,
    responses((status = 200, description = "The new session's CSRF token")))]
pub(crate) async fn password(
    State(app): State<Arc<App>>,
    session: Session,
    Given(given): Given<Change>,
) -> Result<impl IntoResponse, Refusal> {
    let account = session.record.account;
    change_password(&app, account, &given.old, &given.new).await?;
    let same = (session.record.device, session.record.agent.clone());
    close(&app, session.key).await?;
    let (session, cookie) = open(&app, account, same).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(json!({ "csrf": session.record.csrf, "must_change": false }))))
}
