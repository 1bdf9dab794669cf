//! Operations on indicators.

mod colours;
mod show;
mod tiles;
mod wanted;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on indicators.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(tiles::tiles)).routes(routes!(colours::colours)).routes(routes!(show::show))
}
