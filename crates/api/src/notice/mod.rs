//! Operations on notices.

mod list;
mod read;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on notices.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(read::all)).routes(routes!(read::one))
}
