//! Operations on the installation.

mod backup;
mod check;
mod pack;
mod show;
mod verify;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on the installation.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(show::show))
        .routes(routes!(verify::verify))
        .routes(routes!(backup::backup))
        .routes(routes!(pack::pack))
        .routes(routes!(check::check))
}
