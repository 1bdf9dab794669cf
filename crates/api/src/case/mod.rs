//! Operations on cases.

mod act;
mod filter;
mod list;
mod open;
mod show;
mod view;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on cases.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list::list, open::open)).routes(routes!(show::show)).routes(routes!(act::act))
}
