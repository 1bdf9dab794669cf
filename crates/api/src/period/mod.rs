//! Operations on periods.

mod list;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on periods.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list::list))
}
