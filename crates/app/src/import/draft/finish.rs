//! The end of a draft: it becomes a batch, gives its refused rows back, or is thrown away.

use super::{
    change::open,
    desk::working,
    keep::{Draft, draft, ids},
};
use crate::{
    App, Caller,
    import::{
        commit::{Choice, Committed, commit},
        plan::Plan,
        rejects::rejects,
    },
};
use std::sync::Arc;
use yanpan_kernel::{
    id::Id,
    problem::{DRAFT_BUSY, NOT_FOUND, PREVIEW_STALE, Problem},
};

/// How long a draft is kept, in milliseconds: seven days.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The plan of a draft.
pub(super) async fn planned(app: &Arc<App>, caller: &Caller, draft: &Draft) -> Result<Arc<Plan>, Problem> {
    working(app, caller, draft).await?.made().unwrap_or_else(|| Err(Problem::new(&DRAFT_BUSY, &[])))
}

/// Commits a draft as it was previewed.
///
/// # Errors
/// `NOT_FOUND`, `DRAFT_BUSY`, `DRAFT_DONE`, and those of [`commit`].
pub async fn commit_draft(
    app: &Arc<App>,
    caller: &Caller,
    id: Id<Draft>,
    choice: Choice,
) -> Result<Committed, Vec<Problem>> {
    let one = |problem| vec![problem];
    let mut draft = open(app, caller, id).await.map_err(one)?;
    let plan = planned(app, caller, &draft).await.map_err(one)?;
    let upload = draft.upload(app).await.map_err(one)?;
    let done = commit(app, caller, (&upload, &plan), choice).await;
    // A plan that went in, or that others have overtaken, is no plan any more.
    if done.as_ref().map_or_else(|problems| problems.iter().any(|problem| problem.is(&PREVIEW_STALE)), |_| true) {
        app.desk.clear(id);
    }
    let done = done?;
    draft.batch = Some(done.batch.id);
    draft.keep(app).await.map_err(one)?;
    Ok(done)
}

/// The refused rows of a draft as a workbook.
///
/// # Errors
/// `NOT_FOUND`, also when no row was refused; `DRAFT_BUSY`.
pub async fn rejects_of_draft(app: &Arc<App>, caller: &Caller, id: Id<Draft>) -> Result<(Draft, Vec<u8>), Problem> {
    let draft = draft(app, caller, id).await?;
    let plan = planned(app, caller, &draft).await?;
    let upload = draft.upload(app).await?;
    let bytes = rejects(app, caller, (&upload, &plan)).await?;
    let none = || Problem::new(&NOT_FOUND, &[("what", &"有问题的行")]);
    Ok((draft, bytes.ok_or_else(none)?))
}

/// Throws a draft away; if its file is being read, that stops.
///
/// # Errors
/// `NOT_FOUND`, `FILE_UNREADABLE`.
pub async fn discard_draft(app: &App, caller: &Caller, id: Id<Draft>) -> Result<(), Problem> {
    draft(app, caller, id).await?;
    remove(app, id).await
}

async fn remove(app: &App, id: Id<Draft>) -> Result<(), Problem> {
    app.desk.clear(id);
    app.drafts.remove(&Draft::file(id)).await?;
    app.drafts.remove(&Draft::record(id)).await
}

/// Removes drafts older than seven days. Returns how many.
///
/// # Errors
/// `FILE_UNREADABLE`.
pub async fn sweep_drafts(app: &App) -> Result<usize, Problem> {
    let before = app.environment.now_ms() - KEPT_MS;
    let mut count = 0;
    for id in ids(app).await? {
        let record = app.drafts.get(&Draft::record(id)).await?;
        let kept: Option<Draft> = record.and_then(|record| serde_json::from_slice(&record).ok());
        if kept.is_none_or(|draft| draft.at < before) {
            remove(app, id).await?;
            count += 1;
        }
    }
    Ok(count)
}
