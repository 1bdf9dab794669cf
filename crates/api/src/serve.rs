//! Serving a router on a listener until told to stop.

use axum::Router;
use std::{future::Future, io};
use tokio::net::TcpListener;

/// Serves until `stop` is done; requests under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}
