//! From a plan to a batch: all good rows in one transaction.

use super::{
    identity::file_hash,
    memory::{learned, remember},
    pictures,
    plan::{Plan, RowPlan, Sort, Upload},
    target::{target_of, unit_names},
};
use crate::{
    App, Caller,
    ports::{Batch, BatchState},
    record::record,
    write,
};
use std::sync::Arc;
use yanpan_kernel::{entry::Statement, problem::Problem};

/// What a batch did.
#[derive(Debug, Clone)]
pub struct Committed {
    /// The batch.
    pub batch: Batch,
    /// What was given, by row: numbers of new cases, first passwords of new accounts.
    pub given: Vec<(u32, String)>,
}

/// What goes in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice {
    /// The good rows although others are refused; otherwise all or nothing.
    pub good_rows_only: bool,
    /// Suspected duplicates too.
    pub suspects: bool,
}

/// Commits the rows of a plan. What goes in is kept whole or not at all. The mapping is remembered for the unit, and names
/// that were corrected to a unit become its aliases.
///
/// # Errors
/// What stops the file; every refused row unless good rows alone are wanted; `FORBIDDEN`; `PREVIEW_STALE` or the problem of
/// a row when things have changed since the plan; `STORE_UNAVAILABLE`.
pub async fn commit(
    app: &Arc<App>,
    caller: &Caller,
    (upload, plan): (&Upload, &Arc<Plan>),
    choice: Choice,
) -> Result<Committed, Vec<Problem>> {
    if !plan.problems.is_empty() {
        return Err(plan.problems.clone());
    }
    if !choice.good_rows_only && plan.count(Sort::Refused) > 0 {
        return Err(plan.all_problems());
    }
    store(app, caller, (upload, plan), choice.suspects).await.map_err(|problem| vec![problem])
}

async fn store(
    app: &Arc<App>,
    caller: &Caller,
    (upload, plan): (&Upload, &Arc<Plan>),
    suspects: bool,
) -> Result<Committed, Problem> {
    let sheet = {
        let target = target_of(app, caller, &upload.kind)?;
        caller.grant_of(target.writers())?;
        target.sheet()
    };
    let environment = &app.environment;
    let count = |sort| u32::try_from(plan.count(sort)).unwrap_or(u32::MAX);
    let created = count(Sort::New) + if suspects { count(Sort::Suspect) } else { 0 };
    let batch = Batch {
        id: environment.id(),
        kind: upload.kind.clone(),
        unit: upload.unit.or_else(|| caller.grants.first().map(|grant| grant.unit)),
        name: upload.name.clone(),
        hash: file_hash(&upload.bytes),
        actor: caller.account,
        at: environment.now_ms(),
        state: BatchState::Committed,
        counts: [created, count(Sort::Update), count(Sort::Same)],
    };
    let secrets = target_of(app, caller, &upload.kind)?.secrets(&taken(plan, suspects)).await?;
    pictures::store(app, caller, &taken(plan, suspects)).await?;
    let units = unit_names(app.store.read().await?.as_ref(), &caller.tree, &caller.scope()).await?;
    let aliases: Vec<_> =
        learned(upload, &sheet, &units).into_iter().map(|(unit, alias)| (unit, alias.to_owned())).collect();
    let (app_in, caller, plan) = (app.clone(), caller.clone(), plan.clone());
    let upload = Upload { bytes: Arc::default(), ..upload.clone() };
    write(app, move |writing| {
        Box::pin(async move {
            let target = target_of(&app_in, &caller, &batch.kind)?;
            let statement = batch_statement(&batch, "import", app_in.environment.today());
            let body = serde_json::to_string(&batch).unwrap_or_default();
            record(writing, &app_in.environment, vec![(statement, body)]).await?;
            writing.put_batch(&batch).await?;
            let given = target.write(writing, &batch, &taken(&plan, suspects), &secrets).await?;
            for (unit, alias) in &aliases {
                writing.put_unit_alias(*unit, alias).await?;
            }
            remember(writing, &caller, &upload, &plan).await?;
            Ok(Committed { batch, given })
        })
    })
    .await
}

/// The rows that go in.
fn taken(plan: &Plan, suspects: bool) -> Vec<&RowPlan> {
    let wanted = |sort| matches!(sort, Sort::New | Sort::Update) || (sort == Sort::Suspect && suspects);
    plan.rows.iter().filter(|row| wanted(row.sort)).collect()
}

/// The statement that tells of a batch.
pub(super) fn batch_statement(batch: &Batch, verb: &str, on: jiff::civil::Date) -> Statement {
    Statement {
        chain: batch.id.cast(),
        kind: "batch".to_owned(),
        verb: verb.to_owned(),
        unit: batch.unit,
        actor: batch.actor,
        grant: None,
        happened_on: on,
        from: None,
        to: None,
    }
}
