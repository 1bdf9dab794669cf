//! `POST /api/v1/session`: signing in.

use super::{Device, agent, open};
use crate::{Refusal, body::Given};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, installation::LOCAL_OPERATOR, person};
use yanpan_kernel::problem::{Problem, SIGN_IN_WRONG};

/// Sign-in name and password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Credentials {
    login: String,
    password: String,
    #[serde(default)]
    device: Device,
}

/// Signs in. The built-in operator of the command line cannot.
#[utoipa::path(post, path = "/api/v1/session", operation_id = "sign_in", request_body = Credentials,
    responses((status = 200, description = "The session's CSRF token, and whether the password must be changed")))]
pub(crate) async fn sign_in(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Given(given): Given<Credentials>,
) -> Result<impl IntoResponse, Refusal> {
    if given.login.trim() == LOCAL_OPERATOR {
        return Err(Problem::new(&SIGN_IN_WRONG, &[]).into());
    }
    let account = person::sign_in(&app, &given.login, &given.password).await?;
    let (session, cookie) = open(&app, account.id, (given.device, agent(&headers))).await?;
    let body = json!({ "csrf": session.record.csrf, "must_change": account.must_change });
    Ok(([(header::SET_COOKIE, cookie)], Json(body)))
}
