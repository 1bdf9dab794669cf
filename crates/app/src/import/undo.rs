//! Undoing a batch: compensating entries, refused for a case that someone has since acted on unless confirmed.

use super::commit::batch_statement;
use crate::{
    App, Caller,
    case::{fact, row},
    ports::{Batch, BatchState},
    record::record,
    write,
};
use std::{collections::BTreeSet, sync::Arc};
use yanpan_kernel::{
    case::{Body, Case, Stage},
    entry::Statement,
    id::Id,
    person::Role,
    problem::{BATCH_ACTED_ON, BATCH_UNDONE, NOT_FOUND, Problem},
};

/// Takes a batch back: cases that it opened are withdrawn, those that it continued keep their later history.
/// Returns how many cases were withdrawn.
///
/// # Errors
/// `NOT_FOUND`, `BATCH_UNDONE`; `BATCH_ACTED_ON` for every case that someone acted on since and that is not confirmed.
pub async fn undo(
    app: &Arc<App>,
    caller: &Caller,
    id: Id<Batch>,
    confirmed: BTreeSet<Id<Case>>,
) -> Result<usize, Vec<Problem>> {
    let (app_in, caller) = (app.clone(), caller.clone());
    write(app, move |writing| {
        Box::pin(async move {
            let found = writing.batch(id).await?;
            let mut batch = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"这一批导入")]))?;
            if batch.actor != caller.account {
                caller.grant_of(&[Role::Admin, Role::Authority])?;
            }
            if batch.state == BatchState::Undone {
                return Err(Problem::new(&BATCH_UNDONE, &[]));
            }
            let rows: Vec<_> = writing.batch_rows(id).await?.into_iter().filter(|row| row.before == 0).collect();
            let ids: Vec<Id<Case>> = rows.iter().map(|row| row.case).collect();
            let cases = writing.cases(&ids, &caller.scope()).await?;
            let mut refused = Vec::new();
            for case in &cases {
                let after = rows.iter().find(|row| row.case == case.case.id).map_or(0, |row| row.after);
                if case.case.revision != after && !confirmed.contains(&case.case.id) {
                    refused.push(Problem::new(&BATCH_ACTED_ON, &[("number", &case.case.number)]));
                }
            }
            if !refused.is_empty() {
                return Ok(Err(refused));
            }
            let today = app_in.environment.today();
            let mut told = vec![(batch_statement(&batch, "undo", today), "{}".to_owned())];
            let mut withdrawn = Vec::new();
            for before in cases.into_iter().map(|row| row.case).filter(|case| case.stage != Stage::Withdrawn) {
                let Some((pack, definition)) = app_in.packs.case(&before.kind, &before.version) else { continue };
                let Some(to) = definition.states.iter().find(|state| state.stage == Stage::Withdrawn) else { continue };
                let statement = Statement {
                    chain: before.id.cast(),
                    kind: before.kind.clone(),
                    verb: "undo_import".to_owned(),
                    unit: Some(before.unit),
                    actor: caller.account,
                    grant: None,
                    happened_on: today,
                    from: Some(before.state.clone()),
                    to: Some(to.key.clone()),
                };
                let body = Body { batch: Some(id.to_string()), ..Body::default() };
                let stage = before.stage;
                let Ok(case) = Case::apply(Some(before), definition, &statement, &body) else { continue };
                told.push((statement, serde_json::to_string(&body).unwrap_or_default()));
                withdrawn.push((pack.forms.get(&definition.form), definition, stage, case));
            }
            let entries = record(writing, &app_in.environment, told).await?;
            for ((form, definition, stage, case), entry) in withdrawn.iter().zip(entries.iter().skip(1)) {
                writing.put_cases(&[row(definition, case, entry.number)]).await?;
                if let Some(form) = form {
                    writing.put_facts(&[fact(form, Some(*stage), case, entry)]).await?;
                }
            }
            writing.drop_known_rows(&batch.kind, &ids).await?;
            batch.state = BatchState::Undone;
            writing.put_batch(&batch).await?;
            Ok(Ok(withdrawn.len()))
        })
    })
    .await
    .map_err(|problem| vec![problem])?
}
