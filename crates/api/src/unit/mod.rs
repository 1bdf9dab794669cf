//! Operations on units.

mod close;
mod consequences;
mod list;
mod merge;
mod put;
mod show;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;
use yanpan_kernel::{
    id::Id,
    problem::{NOT_FOUND, Problem},
    unit::Unit,
};

/// Operations on units.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list, put::put))
        .routes(routes!(show::show))
        .routes(routes!(consequences::consequences))
        .routes(routes!(close::close))
        .routes(routes!(merge::merge))
}

/// A unit by the id that a path or query gives; what is no id names no unit.
pub(crate) fn unit_id(text: &str) -> Result<Id<Unit>, Problem> {
    text.parse().map_err(|_| Problem::new(&NOT_FOUND, &[("what", &"单位")]))
}
