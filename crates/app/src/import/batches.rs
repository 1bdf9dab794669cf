//! Batches that a caller may know of: the caller's own, and those of units under its care.

use crate::{
    App, Caller,
    ports::{Batch, Writing},
    record::record,
};
use std::collections::BTreeSet;
use yanpan_kernel::{
    case::Case,
    entry::Statement,
    id::Id,
    person::Role,
    problem::{NOT_FOUND, Problem},
    unit::Scope,
};

/// Batches looked through for a list.
const MOST: u32 = 500;

/// Whether a batch is the caller's business.
pub(super) fn visible(caller: &Caller, batch: &Batch) -> bool {
    let over = batch.unit.is_some_and(|unit| caller.grant_over(unit, &[Role::Admin, Role::Authority]).is_ok());
    batch.actor == caller.account || over || caller.scope() == Scope::Everything
}

/// A batch.
///
/// # Errors
/// `NOT_FOUND`, also for another's batch.
pub async fn batch(app: &App, caller: &Caller, id: Id<Batch>) -> Result<Batch, Problem> {
    let found = app.store.read().await?.batch(id).await?.filter(|batch| visible(caller, batch));
    found.ok_or_else(missing)
}

pub(super) fn missing() -> Problem {
    Problem::new(&NOT_FOUND, &[("what", &"这一批导入")])
}

/// Batches, newest first.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn batches(app: &App, caller: &Caller) -> Result<Vec<Batch>, Problem> {
    let all = app.store.read().await?.batches(MOST).await?;
    Ok(all.into_iter().filter(|batch| visible(caller, batch)).collect())
}

/// Tells that these are taken back, and forgets their rows, so that a file may bring them in again.
pub(super) async fn withdraw<T: Sync>(
    app: &App,
    writing: &dyn Writing,
    batch: &Batch,
    gone: &[T],
    (chain, told): (impl Fn(&T) -> Id<Case>, impl Fn(&T) -> (Statement, String)),
) -> Result<(), Problem> {
    record(writing, &app.environment, gone.iter().map(told).collect()).await?;
    let chains: Vec<Id<Case>> = gone.iter().map(chain).collect();
    writing.drop_known_rows(&batch.kind, &chains).await
}

/// What a batch opened, by the ids that its rows keep.
pub(super) async fn opened_by<T>(writing: &dyn Writing, batch: &Batch) -> Result<BTreeSet<Id<T>>, Problem> {
    let rows = writing.batch_rows(batch.id).await?;
    Ok(rows.into_iter().filter(|row| row.before == 0).map(|row| row.case.cast()).collect())
}
