//! Making the facts again from the entries.

use crate::{
    App,
    case::fact,
    ports::{Fact, Told},
    round, write,
};
use std::{collections::HashMap, sync::Arc};
use yanpan_kernel::{
    case::{Body, Case},
    period::Period,
    problem::Problem,
};

/// Entries read at a time.
const PAGE: u32 = 5_000;

/// Drops the facts of all cases and rounds and folds them anew from the entries. Returns how many there are.
///
/// # Errors
/// `STORE_UNAVAILABLE`, `FILE_UNREADABLE`.
pub async fn rebuild_facts(app: &Arc<App>) -> Result<usize, Problem> {
    let reading = app.store.read().await?;
    let mut cases: HashMap<_, Case> = HashMap::new();
    let mut facts: Vec<Fact> = Vec::new();
    let mut number = 0;
    loop {
        let page = reading.entries_after(number, PAGE).await?;
        let Some(last) = page.last() else { break };
        number = last.entry.number;
        for told in page {
            let statement = &told.entry.statement;
            if app.packs.rounds().any(|(_, round)| round.key == statement.kind) {
                facts.extend(round_fact(app, &told));
                continue;
            }
            let known = cases.get(&statement.chain).map_or("", |case| case.version.as_str());
            let Some((pack, definition)) = app.packs.case(&statement.kind, known) else { continue };
            let body: Body = told.body().and_then(|body| serde_json::from_str(body).ok()).unwrap_or_default();
            let before = cases.remove(&statement.chain);
            let stage = before.as_ref().map(|case| case.stage);
            let Ok(case) = Case::apply(before, definition, statement, &body) else { continue };
            if let Some(form) = pack.forms.get(&definition.form) {
                facts.push(fact(form, stage, &case, &told.entry));
            }
            cases.insert(statement.chain, case);
        }
    }
    drop(reading);
    let count = facts.len();
    app.analysis.clear().await?;
    write(app, move |writing| {
        Box::pin(async move {
            writing.drop_facts().await?;
            writing.put_facts(&facts).await
        })
    })
    .await?;
    Ok(count)
}

fn round_fact(app: &App, told: &Told) -> Option<Fact> {
    let body: round::Body = serde_json::from_str(told.body()?).ok()?;
    let period = Period::parse(&body.period, &app.calendar).ok()?;
    round::fact_of(&app.environment, &told.entry, &body, &period)
}
