//! `DELETE /api/v1/session`: signing out.

use super::{Session, close};
use crate::Refusal;
use axum::{extract::State, http::StatusCode};
use std::sync::Arc;
use yanpan_app::App;

/// Forgets the session.
#[utoipa::path(delete, path = "/api/v1/session", operation_id = "sign_out",
    responses((status = 204, description = "Signed out")))]
pub(crate) async fn sign_out(State(app): State<Arc<App>>, session: Session) -> Result<StatusCode, Refusal> {
    close(&app, session.key).await?;
    Ok(StatusCode::NO_CONTENT)
}
