//! Operations on imports: a draft is uploaded, mapped, previewed, corrected, committed; its batch can be undone.

mod batch;
mod commit;
mod correct;
mod discard;
mod list;
mod map;
mod rejects;
mod rows;
mod show;
mod shown;
mod targets;
mod template;
mod undo;
mod upload;
mod view;

use crate::Refusal;
use std::{str::FromStr, sync::Arc};
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;
use yanpan_kernel::{
    id::Id,
    problem::{NOT_FOUND, Problem},
};

/// Operations on imports.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list, upload::upload))
        .routes(routes!(show::show, discard::discard))
        .routes(routes!(map::map))
        .routes(routes!(correct::correct))
        .routes(routes!(rows::rows))
        .routes(routes!(commit::commit))
        .routes(routes!(rejects::rejects))
        .routes(routes!(batch::batch))
        .routes(routes!(undo::undo))
        .routes(routes!(targets::targets))
        .routes(routes!(template::template))
}

/// An id in a path; a text that is none names nothing.
fn id<T>(text: &str, what: &str) -> Result<Id<T>, Refusal> {
    Id::from_str(text).map_err(|_| Problem::new(&NOT_FOUND, &[("what", &what)]).into())
}
