//! The sealer: hashes all new entries of the installation into one chain of seals.

use crate::{App, ports::SealRow, write};
use yanpan_kernel::{entry, problem::Problem};

/// Most entries in one seal.
const MOST: u32 = 10_000;

/// Seals the entries since the last seal. Returns how many.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn seal_entries(app: &App) -> Result<usize, Problem> {
    let now = app.environment.now_ms();
    write(app, move |writing| {
        Box::pin(async move {
            let last = writing.seals().await?.into_iter().next_back();
            let (upto, previous) = last.map_or((0, [0; 32]), |seal| (seal.upto, seal.hash));
            let entries = writing.entries_after(upto, MOST).await?;
            let Some(newest) = entries.last() else { return Ok(0) };
            let hashes: Vec<_> = entries.iter().map(|told| told.entry.hash).collect();
            let seal = SealRow { upto: newest.entry.number, hash: entry::seal(previous, &hashes), sealed_at: now };
            writing.put_seal(&seal).await?;
            Ok(entries.len())
        })
    })
    .await
}
