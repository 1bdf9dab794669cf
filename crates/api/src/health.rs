//! Whether the installation answers.

use crate::Refusal;
use axum::extract::State;
use std::sync::Arc;
use yanpan_app::App;

/// `ok` while the store can be read.
pub(crate) async fn healthz(State(app): State<Arc<App>>) -> Result<&'static str, Refusal> {
    app.store.read().await?;
    Ok("ok")
}
