//! `GET /api/v1/cases/{kind}/{id}`: one case with its timeline.

use super::view::view;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{
    App, Caller,
    case::{Act, Context, Subject, prepare},
};
use yanpan_kernel::{
    case::Case,
    id::Id,
    problem::{FORBIDDEN, GUARD_REFUSED, NOT_FOUND, OUT_OF_SCOPE, Problem, STATE_CHANGED},
};

/// The case, what has been done to it, and the acts that this caller may do now.
#[utoipa::path(get, path = "/api/v1/cases/{kind}/{id}", operation_id = "show_case",
    params(("kind" = String, Path), ("id" = String, Path)), responses((status = 200, description = "The case")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"这件事项")]);
    let id: Id<Case> = id.parse().map_err(|_| missing())?;
    let reading = app.store.read().await?;
    let row = reading.case(id, &caller.scope()).await?.filter(|row| row.case.kind == kind).ok_or_else(missing)?;
    let chain = reading.chain(id.cast()).await?;
    let timeline: Vec<Value> = chain.iter().map(|told| {
        let said = &told.entry.statement;
        json!({ "verb": said.verb, "happened_on": said.happened_on.to_string(), "actor": said.actor, "to": said.to })
    }).collect();
    let acts = offered(&app, &caller, &row.case);
    let due_on = row.due_on.map(|day| day.to_string());
    Ok(Json(json!({ "case": view(&app, &caller, &row.case), "due_on": due_on, "timeline": timeline, "acts": acts })))
}

fn offered(app: &App, caller: &Caller, case: &Case) -> Vec<Value> {
    let Some((pack, definition)) = app.packs.case(&case.kind, &case.version) else { return Vec::new() };
    let (today, calendar) = (app.environment.today(), app.calendar.as_ref());
    let context = Context { pack, definition, caller, tree: &caller.tree, today, calendar };
    let barred = [&FORBIDDEN, &GUARD_REFUSED, &OUT_OF_SCOPE, &STATE_CHANGED];
    let may = |verb: &str| {
        let act = Act { verb: verb.to_owned(), ..Act::default() };
        // Missing answers are no bar: they are what the form will ask for.
        let refused = prepare(&context, Subject::Existing(case), &act).err().unwrap_or_default();
        !refused.iter().any(|problem| barred.iter().any(|kind| problem.is(kind)))
    };
    let offered = definition.offered(Some(&case.state)).filter(|transition| may(&transition.verb));
    offered.map(|transition| json!({ "verb": transition.verb, "title": transition.title })).collect()
}
