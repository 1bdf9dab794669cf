//! Operations on cases.

mod act;
mod bulk;
mod document;
mod export;
mod fill;
mod filter;
mod list;
mod open;
mod show;
mod view;

pub(crate) use view::unit_name;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;

/// Operations on cases.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list, open::open))
        .routes(routes!(export::export))
        .routes(routes!(fill::fill))
        .routes(routes!(show::show))
        .routes(routes!(act::act))
        .routes(routes!(bulk::bulk))
        .routes(routes!(document::document))
}
