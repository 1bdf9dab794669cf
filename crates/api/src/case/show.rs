//! `GET /api/v1/cases/{kind}/{id}`: one case with its timeline, what may be done with it and what comes next.

use super::view::{unit_name, unit_path, view};
use crate::{Refusal, guard::Asking, refusal::hex};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};
use yanpan_app::{
    App, Caller,
    case::{Context, Subject, act_title, files, is_next, masked, offers, overdue_days, reads_personal, shown, who_may},
    catalogue::rule,
    ports::{CaseRow, Reading, Told},
    report::papers_of,
};
use yanpan_kernel::{
    case::{Body, Case},
    form::Answers,
    id::Id,
    person::Account,
    problem::{NOT_FOUND, Problem},
};

/// The case, what has been done to it, the acts that this caller may do now, and what is next and who may.
#[utoipa::path(get, path = "/api/v1/cases/{kind}/{id}", operation_id = "show_case",
    params(("kind" = String, Path), ("id" = String, Path)), responses((status = 200, description = "The case")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let reading = app.store.read().await?;
    let row = found(reading.as_ref(), &caller, &kind, &id).await?;
    let case = &row.case;
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"这类事项")]);
    let (pack, definition) = app.packs.case(&case.kind, &case.version).ok_or_else(missing)?;
    let today = app.environment.today();
    let context = Context { pack, definition, caller: &caller, tree: &caller.tree, today, calendar: &app.calendar };
    let timeline = timeline(reading.as_ref(), &context, case).await?;
    let papers = papers_of(pack, definition, case);
    let files: Vec<Value> = shown(&app, &caller, case)
        .into_iter()
        .flat_map(|(field, answer)| {
            let named = files(&Answers::from([(field.clone(), answer)]));
            named.into_iter().map(move |file| json!({ "hash": file.hash, "name": file.name, "field": field }))
        })
        .collect();
    Ok(Json(json!({
        "case": view(&app, &caller, case), "unit_name": unit_name(&caller, case.unit),
        "unit_path": unit_path(&caller, case.unit), "due_on": row.due_on.map(|day| day.to_string()),
        "overdue_days": overdue_days(&row, today), "timeline": timeline, "acts": acts(&context, case),
        "next": next(&context, case), "files": files,
        "documents": papers.iter().map(|paper| json!({ "key": paper.key, "title": paper.title })).collect::<Vec<_>>(),
    })))
}

fn missing() -> Problem {
    Problem::new(&NOT_FOUND, &[("what", &"这件事项")])
}

/// The id of a case from an address.
pub(super) fn case_id(id: &str) -> Result<Id<Case>, Problem> {
    id.parse().map_err(|_| missing())
}

/// A case of a kind by the id of its address, in the caller's scope.
pub(super) async fn found(reading: &dyn Reading, caller: &Caller, kind: &str, id: &str) -> Result<CaseRow, Problem> {
    let found = reading.case(case_id(id)?, &caller.scope()).await?;
    found.filter(|row| row.case.kind == kind).ok_or_else(missing)
}

async fn timeline(reading: &dyn Reading, context: &Context<'_>, case: &Case) -> Result<Vec<Value>, Problem> {
    let chain = reading.chain(case.id.cast()).await?;
    let mut actors: Vec<Id<Account>> = chain.iter().map(|told| told.entry.statement.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    let names: HashMap<Id<Account>, String> = reading.account_names(&actors).await?.into_iter().collect();
    Ok(chain.iter().map(|told| line(context, case, told, &names)).collect())
}

fn line(context: &Context<'_>, case: &Case, told: &Told, names: &HashMap<Id<Account>, String>) -> Value {
    let said = &told.entry.statement;
    let body = told.body().and_then(|body| serde_json::from_str::<Body>(body).ok()).unwrap_or_default();
    let set = if reads_personal(context.caller, case.unit) {
        body.set
    } else {
        masked(context.pack.forms.get(&context.definition.form), &body.set)
    };
    let state = said.to.as_deref().and_then(|to| context.definition.state(to));
    json!({
        "number": told.entry.number, "verb": said.verb, "title": act_title(context.definition, &said.verb),
        "happened_on": said.happened_on.to_string(), "recorded_at": told.entry.recorded_at,
        "actor_name": names.get(&said.actor), "unit_name": said.unit.map(|unit| unit_name(context.caller, unit)),
        "from": said.from, "to": said.to, "to_title": state.map(|state| &state.title), "set": set,
        "decision": body.decision, "device_at": body.device_at, "batch": body.batch, "erased": told.erased,
        "hash": hex(&told.entry.hash),
    })
}

fn acts(context: &Context<'_>, case: &Case) -> Vec<Value> {
    let subject = Subject::Existing(case);
    let shown = |offer: &yanpan_app::case::Offer<'_>| {
        let transition = offer.transition;
        let asked = transition.ask.iter().zip(offer.needed(context, subject));
        let ask: Vec<Value> = asked
            .map(|(ask, needed)| json!({ "field": ask.field, "needed": needed, "when": rule(context.pack, ask) }))
            .collect();
        json!({
            "verb": transition.verb, "title": transition.title, "ask": ask, "document": transition.document,
            "next": is_next(context.definition, case, transition, context.today),
        })
    };
    offers(context, subject).iter().map(shown).collect()
}

/// What takes the case on, and who may do it, whether or not this caller may.
fn next(context: &Context<'_>, case: &Case) -> Vec<Value> {
    let acts = context.definition.offered(Some(&case.state));
    let waiting = acts.filter(|act| is_next(context.definition, case, act, context.today));
    waiting
        .filter_map(|act| {
            let who = who_may(context, case, act)?;
            Some(json!({ "verb": act.verb, "title": act.title, "who": who }))
        })
        .collect()
}
