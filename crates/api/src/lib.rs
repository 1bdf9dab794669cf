//! The HTTP surface: axum, one file per operation, OpenAPI 3.1; it holds no SQL and no rules.

mod body;
mod case;
mod file;
mod guard;
mod health;
mod notice;
mod pages;
mod refusal;
mod serve;
mod session;
mod unit;

pub use pages::{Page, Pages, add_pages};
pub use refusal::Refusal;
pub use serve::serve;

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    routing::{get, post, put},
};
use std::sync::Arc;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, set_header::SetResponseHeaderLayer};
use utoipa::OpenApi;
use yanpan_app::App;

/// Longest body in bytes: a file of 20 MiB with its multipart frame.
const BODY_LIMIT: usize = 21 * 1024 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(title = "Yanpan", description = "研判 HTTP interface"),
    paths(
        session::sign_in::sign_in,
        session::show::show,
        session::sign_out::sign_out,
        session::password::password,
        unit::list::list,
        case::list::list,
        case::show::show,
        case::open::open,
        case::act::act,
        file::get::get,
        notice::list::list,
    )
)]
struct Description;

/// The OpenAPI 3.1 description of every operation under `/api/v1`.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Every route, over one running installation.
pub fn router(app: Arc<App>) -> Router {
    let environment = app.environment.clone();
    let fixed = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let session = post(session::sign_in::sign_in).get(session::show::show).delete(session::sign_out::sign_out);
    Router::new()
        .route("/api/v1/session", session)
        .route("/api/v1/session/password", put(session::password::password))
        .route("/api/v1/units", get(unit::list::list))
        .route("/api/v1/cases/{kind}", get(case::list::list).post(case::open::open))
        .route("/api/v1/cases/{kind}/{id}", get(case::show::show))
        .route("/api/v1/cases/{kind}/{id}/acts/{verb}", post(case::act::act))
        .route("/api/v1/files/{hash}", get(file::get::get))
        .route("/api/v1/notices", get(notice::list::list))
        .route("/api/openapi.json", get(|| async { Json(openapi()) }))
        .route("/healthz", get(health::healthz))
        .with_state(app)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(move |panic| refusal::of_panic(&environment, panic)))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(CompressionLayer::new())
}
