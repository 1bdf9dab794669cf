//! Undoing a batch, whatever it was imported into.

use super::{
    batches::{missing, visible},
    commit::batch_statement,
    target::target_of,
};
use crate::{
    App, Caller,
    ports::{Batch, BatchState},
    record::record,
    write,
};
use std::{collections::BTreeSet, sync::Arc};
use yanpan_kernel::{
    case::Case,
    id::Id,
    problem::{BATCH_UNDONE, Problem},
};

/// Takes a batch back by compensating entries. Returns how many things were withdrawn.
///
/// # Errors
/// `NOT_FOUND`, `BATCH_UNDONE`, `BATCH_KEPT`; `BATCH_ACTED_ON`, its field the id, for every case acted on since that is not
/// confirmed.
pub async fn undo(
    app: &Arc<App>,
    caller: &Caller,
    id: Id<Batch>,
    confirmed: BTreeSet<Id<Case>>,
) -> Result<usize, Vec<Problem>> {
    let (app_in, caller) = (app.clone(), caller.clone());
    write(app, move |writing| {
        Box::pin(async move {
            let found = writing.batch(id).await?.filter(|batch| visible(&caller, batch));
            let mut batch = found.ok_or_else(missing)?;
            if batch.state == BatchState::Undone {
                return Err(Problem::new(&BATCH_UNDONE, &[]));
            }
            let target = target_of(&app_in, &caller, &batch.kind)?;
            let withdrawn = match target.undo(writing, &batch, &confirmed).await? {
                Ok(withdrawn) => withdrawn,
                Err(refused) => return Ok(Err(refused)),
            };
            let statement = batch_statement(&batch, "undo", app_in.environment.today());
            let statement = yanpan_kernel::entry::Statement { actor: caller.account, ..statement };
            record(writing, &app_in.environment, vec![(statement, "{}".to_owned())]).await?;
            batch.state = BatchState::Undone;
            writing.put_batch(&batch).await?;
            Ok(Ok(withdrawn))
        })
    })
    .await
    .map_err(|problem| vec![problem])?
}
