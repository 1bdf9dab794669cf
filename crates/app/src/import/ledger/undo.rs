//! Undoing a ledger's batch: compensating entries, refused for a case that someone has since acted on unless confirmed.

use super::Ground;
use crate::{
    case::{fact, row},
    import::target::CHUNK,
    ports::{Batch, BatchRow, Writing},
    record::record,
};
use std::collections::{BTreeSet, HashMap};
use yanpan_kernel::{
    case::{Body, Case, Stage},
    entry::Statement,
    id::Id,
    problem::{BATCH_ACTED_ON, Place, Problem},
};

/// Withdraws the cases that the batch opened; those that it continued keep their later history.
pub(super) async fn undo(
    ground: &Ground<'_>,
    writing: &dyn Writing,
    batch: &Batch,
    confirmed: &BTreeSet<Id<Case>>,
) -> Result<Result<usize, Vec<Problem>>, Problem> {
    let opened: Vec<BatchRow> = writing.batch_rows(batch.id).await?.into_iter().filter(|row| row.before == 0).collect();
    let mut refused = Vec::new();
    for chunk in opened.chunks(CHUNK) {
        let after: HashMap<Id<Case>, i64> = chunk.iter().map(|row| (row.case, row.after)).collect();
        let ids: Vec<Id<Case>> = after.keys().copied().collect();
        for case in writing.cases(&ids, &ground.caller.scope()).await? {
            let touched = after.get(&case.case.id) != Some(&case.case.revision);
            if touched && !confirmed.contains(&case.case.id) {
                let place = Place::field(case.case.id.to_string());
                refused.push(Problem::new(&BATCH_ACTED_ON, &[("number", &case.case.number)]).at(place));
            }
        }
    }
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    let mut count = 0;
    for chunk in opened.chunks(CHUNK) {
        let ids: Vec<Id<Case>> = chunk.iter().map(|row| row.case).collect();
        count += withdraw(ground, writing, batch, &ids).await?;
        writing.drop_known_rows(&batch.kind, &ids).await?;
    }
    Ok(Ok(count))
}

async fn withdraw(
    ground: &Ground<'_>,
    writing: &dyn Writing,
    batch: &Batch,
    ids: &[Id<Case>],
) -> Result<usize, Problem> {
    let (app, mut told, mut withdrawn) = (ground.app, Vec::new(), Vec::new());
    let cases = writing.cases(ids, &ground.caller.scope()).await?.into_iter().map(|row| row.case);
    for before in cases.filter(|case| case.stage != Stage::Withdrawn) {
        let Some((pack, definition)) = app.packs.case(&before.kind, &before.version) else { continue };
        let Some(to) = definition.states.iter().find(|state| state.stage == Stage::Withdrawn) else { continue };
        let statement = Statement {
            chain: before.id.cast(),
            kind: before.kind.clone(),
            verb: "undo_import".to_owned(),
            unit: Some(before.unit),
            actor: ground.caller.account,
            grant: None,
            happened_on: ground.today,
            from: Some(before.state.clone()),
            to: Some(to.key.clone()),
        };
        let body = Body { batch: Some(batch.id.to_string()), ..Body::default() };
        let stage = before.stage;
        let Ok(case) = Case::apply(Some(before), definition, &statement, &body) else { continue };
        told.push((statement, serde_json::to_string(&body).unwrap_or_default()));
        withdrawn.push((pack.forms.get(&definition.form), definition, stage, case));
    }
    let entries = record(writing, &app.environment, told).await?;
    let (mut rows, mut facts) = (Vec::new(), Vec::new());
    for ((form, definition, stage, case), entry) in withdrawn.iter().zip(&entries) {
        rows.push(row(definition, case, entry.number));
        facts.extend(form.map(|form| fact(form, Some(*stage), case, entry)));
    }
    writing.put_cases(&rows).await?;
    writing.put_facts(&facts).await?;
    Ok(withdrawn.len())
}
