//! The HTTP surface: axum, one file per operation, OpenAPI 3.1; it holds no SQL and no rules.

mod attachment;
mod body;
mod case;
mod catalogue;
mod demo;
mod entry;
mod file;
mod guard;
mod health;
mod import;
mod indicator;
mod notice;
mod pages;
mod period;
mod person;
mod refusal;
mod report;
mod round;
mod search;
mod serve;
mod session;
mod system;
mod unit;
mod workbench;

pub use pages::{Page, Pages, add_pages};
pub use refusal::Refusal;
pub use serve::serve;

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    routing::get,
};
use std::sync::Arc;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, DefaultPredicate,
        predicate::{Predicate, SizeAbove},
    },
    set_header::SetResponseHeaderLayer,
};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use yanpan_app::App;

/// Longest body in bytes: a file of 20 MiB with its multipart frame.
const BODY_LIMIT: usize = 21 * 1024 * 1024;

/// Bytes that go in one packet anyway; packing them costs the server more than the way.
const ONE_PACKET: u64 = 1_400;

#[derive(OpenApi)]
#[openapi(info(title = "Yanpan", description = "研判 HTTP interface"))]
struct Description;

/// Every operation under `/api/v1`: the routes and their description are one list.
fn operations() -> OpenApiRouter<Arc<App>> {
    let nouns = [
        session::routes(),
        demo::routes(),
        catalogue::routes(),
        unit::routes(),
        person::routes(),
        case::routes(),
        file::routes(),
        import::routes(),
        notice::routes(),
        round::routes(),
        workbench::routes(),
        search::routes(),
        period::routes(),
        indicator::routes(),
        report::routes(),
        entry::routes(),
        system::routes(),
    ];
    nouns.into_iter().fold(OpenApiRouter::with_openapi(Description::openapi()), OpenApiRouter::merge)
}

/// The OpenAPI 3.1 description of every operation under `/api/v1`.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    operations().into_openapi()
}

/// Every route, over one running installation.
pub fn router(app: Arc<App>) -> Router {
    let environment = app.environment.clone();
    let fixed = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let (operations, description) = operations().split_for_parts();
    operations
        .route("/api/openapi.json", get(|| async { Json(description) }))
        .route("/healthz", get(health::healthz))
        .with_state(app)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(move |panic| refusal::of_panic(&environment, panic)))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(ONE_PACKET).and(DefaultPredicate::new())))
}
