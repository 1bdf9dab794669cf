//! Operations on reports.

mod build;
mod file;
mod list;
mod text;
mod verify;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on reports.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list, build::build))
        .routes(routes!(file::file))
        .routes(routes!(text::text))
        .routes(routes!(verify::verify))
}
