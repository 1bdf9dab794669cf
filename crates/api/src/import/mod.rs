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

/// A workbook as an attachment under this name.
fn workbook(name: &str, bytes: Vec<u8>) -> axum::response::Response {
    use axum::{
        http::{HeaderValue, header},
        response::IntoResponse,
    };
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b".-_".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"));
    let disposition = disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ([(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
