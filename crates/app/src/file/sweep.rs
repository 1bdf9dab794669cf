//! Sweeping files that no case took within a day.

use crate::{App, write};
use yanpan_kernel::problem::Problem;

/// How long an upload may wait for its case, in milliseconds.
const GRACE_MS: i64 = 24 * 60 * 60 * 1000;

/// Removes orphans; the row goes first, so that a crash leaves bytes without a row and never a row without bytes.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn sweep_orphans(app: &App) -> Result<usize, Problem> {
    let before = app.environment.now_ms() - GRACE_MS;
    let orphans = app.store.read().await?.orphans(before).await?;
    let count = orphans.len();
    for file in orphans {
        let hash = file.hash.clone();
        write(app, move |writing| Box::pin(async move { writing.drop_file(&hash).await })).await?;
        app.files.remove(&file.stored).await?;
    }
    Ok(count)
}
