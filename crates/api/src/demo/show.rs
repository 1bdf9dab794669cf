//! `GET /api/v1/demo`: who can be signed in as, in the demo and nowhere else.

use crate::Refusal;
use axum::{Json, extract::State};
use serde_json::Value;
use std::sync::Arc;
use yanpan_app::{App, installation::DEMO_SETTING};
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// The demo's people with what each would do; `404.1` in every other installation. Needs no session.
#[utoipa::path(get, path = "/api/v1/demo", operation_id = "show_demo",
    responses((status = 200, description = "The demo's people")))]
pub(crate) async fn show(State(app): State<Arc<App>>) -> Result<Json<Value>, Refusal> {
    let setting = app.store.read().await?.setting(DEMO_SETTING).await?;
    let people = setting.and_then(|text| serde_json::from_str(&text).ok());
    Ok(Json(people.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"演示")]))?))
}
