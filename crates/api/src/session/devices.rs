//! `GET /api/v1/session/devices`: where the caller is signed in.

use super::{Session, of_account, short};
use crate::Refusal;
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::App;

/// One's own sessions, the last used first.
#[utoipa::path(get, path = "/api/v1/session/devices", operation_id = "list_devices",
    responses((status = 200, description = "Sessions")))]
pub(crate) async fn devices(State(app): State<Arc<App>>, session: Session) -> Result<Json<Value>, Refusal> {
    let own = of_account(&app, session.record.account).await?;
    let shown = own.iter().map(|(key, record)| {
        json!({
            "id": short(key), "opened_at": record.opened, "seen_at": record.seen, "device": record.device,
            "agent": record.agent, "current": *key == session.key,
        })
    });
    Ok(Json(json!({ "devices": shown.collect::<Vec<_>>() })))
}
