//! Merging units: the successor answers for the open cases of the one that ends, each by an entry of its own.

use crate::{
    App, Caller,
    case::{fact, row},
    ports::{CaseRow, Column, Filter, Query, Test},
    record::record,
    write,
};
use jiff::civil::Date;
use std::sync::Arc;
use yanpan_kernel::{
    calendar::days,
    case::{Body, Case, Stage},
    entry::Statement,
    id::Id,
    person::Role,
    problem::{NOT_FOUND, Problem, UNIT_INVALID},
    unit::{Scope, Succession, SuccessionKind, Unit},
};

/// Ends `from` on the day before `on`; from then `to` answers for what was its. Returns how many open cases moved.
///
/// # Errors
/// `FORBIDDEN`, `OUT_OF_SCOPE`, `NOT_FOUND`, `UNIT_INVALID` when it still has units below it.
pub async fn merge_units(
    app: &Arc<App>,
    caller: &Caller,
    from: Id<Unit>,
    to: Id<Unit>,
    on: Date,
) -> Result<usize, Problem> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"单位")]);
    let grant = caller.grant_over(from, &[Role::Admin])?.id;
    caller.grant_over(to, &[Role::Admin])?;
    let ended = caller.tree.get(from).ok_or_else(missing)?.clone();
    caller.tree.get(to).ok_or_else(missing)?;
    if from == to || !caller.tree.children(from).is_empty() {
        return Err(Problem::new(&UNIT_INVALID, &[("reason", &"并入的单位还有下级单位，或与接收单位相同")]));
    }
    let open = open_cases(app, from).await?;
    let moved = open.len();
    let (app_in, actor) = (app.clone(), caller.account);
    write(app, move |writing| {
        Box::pin(async move {
            let mut version = ended;
            version.valid_to = days::after(on, -1);
            let statement = |chain, kind: &str, verb: &str, unit| Statement {
                chain,
                kind: kind.to_owned(),
                verb: verb.to_owned(),
                unit: Some(unit),
                actor,
                grant: Some(grant),
                happened_on: on,
                from: None,
                to: None,
            };
            let body = serde_json::json!({ "to": to, "cases": open.len() }).to_string();
            record(writing, &app_in.environment, vec![(statement(from.cast(), "unit", "merge", from), body)]).await?;
            writing.put_unit_versions(&[version]).await?;
            writing.put_successions(&[Succession { from, to, kind: SuccessionKind::Merge, on }]).await?;
            for before in open {
                let Some((pack, definition)) = app_in.packs.case(&before.case.kind, &before.case.version) else {
                    continue;
                };
                let mut inherit = statement(before.case.id.cast(), &before.case.kind, "inherit", to);
                inherit.from = Some(before.case.state.clone());
                inherit.to = Some(before.case.state.clone());
                let body = Body::default();
                let stage = before.case.stage;
                let Ok(case) = Case::apply(Some(before.case), definition, &inherit, &body) else { continue };
                let told = vec![(inherit, serde_json::to_string(&body).unwrap_or_default())];
                let entries = record(writing, &app_in.environment, told).await?;
                let (Some(entry), Some(form)) = (entries.first(), pack.forms.get(&definition.form)) else { continue };
                writing.put_cases(&[row(definition, &case, entry.number)]).await?;
                writing.put_facts(&[fact(form, Some(stage), &case, entry)]).await?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(moved)
}

async fn open_cases(app: &App, unit: Id<Unit>) -> Result<Vec<CaseRow>, Problem> {
    let reading = app.store.read().await?;
    let scope = Scope::Units([unit].into());
    let mut open = Vec::new();
    for (_, definition) in app.packs.cases() {
        let query = Query {
            kind: definition.key.clone(),
            filters: vec![Filter { column: Column::Stage, test: Test::OneOf(vec![Stage::Open.key().to_owned()]) }],
            sort: Column::Number,
            descending: false,
            actor: None,
            after: None,
            limit: 100_000,
        };
        open.extend(reading.case_page(&query, &scope).await?);
    }
    Ok(open)
}
