//! `DELETE /api/v1/session/devices/{id}`: signing out a device of one's own.

use super::{Session, close, of_account, short};
use crate::Refusal;
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use std::sync::Arc;
use yanpan_app::App;
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// Ends one of the caller's own sessions.
#[utoipa::path(delete, path = "/api/v1/session/devices/{id}", operation_id = "drop_device",
    params(("id" = String, Path)), responses((status = 204, description = "Signed out")))]
pub(crate) async fn drop_device(
    State(app): State<Arc<App>>,
    session: Session,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let own = of_account(&app, session.record.account).await?;
    let found = own.into_iter().find(|(key, _)| short(key) == id);
    let (key, _) = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"这台设备")]))?;
    close(&app, key).await?;
    Ok(StatusCode::NO_CONTENT)
}
