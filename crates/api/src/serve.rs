//! Serving the router on a listener until told to stop.

use std::{future::Future, io, sync::Arc};
use tokio::net::TcpListener;
use yanpan_app::App;

/// Serves until `stop` is done; requests under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, crate::router(app)).with_graceful_shutdown(stop).await
}
