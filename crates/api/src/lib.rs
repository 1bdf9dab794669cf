//! The HTTP interface.

mod serve;

pub use serve::serve;

/// The router.
pub fn router(app: std::sync::Arc<yanpan_app::App>) -> axum::Router {
    let _ = app;
    axum::Router::new()
}
