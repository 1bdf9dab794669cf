//! The people of the demo, for its sign-in page.

mod show;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on the demo.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(show::show))
}
