//! `GET /api/v1/workbench`: the first page.

use crate::{Refusal, case::unit_name, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::{
    App, Caller,
    case::{Context, openings},
    workbench::{Item, Target, Trend, changes, todo, trends},
};
use yanpan_kernel::calendar::wording;

/// The operation on the workbench.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(show))
}

/// What the caller may open and has to do now, what changed since yesterday, and where things are going.
#[utoipa::path(get, path = "/api/v1/workbench", operation_id = "show_workbench",
    responses((status = 200, description = "The workbench")))]
async fn show(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let reading = app.store.read().await?;
    let todo = todo(&app, &caller, reading.as_ref()).await?;
    let changes = changes(&app, &caller, reading.as_ref()).await?;
    let trends = trends(&app, &caller, reading.as_ref()).await?;
    let roles = caller.grants.iter().map(|grant| {
        json!({ "role": grant.role.key(), "title": grant.role.title(), "unit": grant.unit,
                "unit_name": unit_name(&caller, grant.unit) })
    });
    Ok(Json(json!({
        "roles": roles.collect::<Vec<_>>(), "open": offered(&app, &caller),
        "todo": todo.iter().map(item).collect::<Vec<_>>(), "changes": changes.iter().map(item).collect::<Vec<_>>(),
        "trend": trends.iter().map(trend).collect::<Vec<_>>(),
    })))
}

/// The acts by which the caller may open a case.
fn offered(app: &App, caller: &Caller) -> Vec<Value> {
    let mut shown = Vec::new();
    for (pack, definition) in app.packs.cases() {
        let (today, calendar) = (app.environment.today(), app.calendar.as_ref());
        let context = Context { pack, definition, caller, tree: &caller.tree, today, calendar };
        shown.extend(openings(&context).iter().map(|offer| {
            let act = offer.transition;
            json!({ "kind": definition.key, "verb": act.verb, "title": act.title, "unit": offer.grant.unit })
        }));
    }
    shown
}

fn item(item: &Item) -> Value {
    let count = if item.more { json!(format!("{}+", item.count)) } else { json!(item.count) };
    let mut shown = json!({
        "key": item.key, "title": item.title, "count": count, "oldest": item.oldest.map(|day| day.to_string()),
        "overdue": item.overdue, "button": item.button,
    });
    let target = match &item.target {
        Target::Cases { kind, query } => {
            let query: Map<String, Value> =
                query.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
            json!({ "kind": kind, "query": query })
        }
        Target::Round { round, period, standing } => {
            json!({ "round": round, "period": period, "standing": standing })
        }
        Target::Return { round, period, unit } => json!({ "round": round, "period": period, "unit": unit }),
    };
    if let (Some(members), Some(target)) = (shown.as_object_mut(), target.as_object()) {
        members.extend(target.clone());
    }
    shown
}

fn trend(trend: &Trend) -> Value {
    let points = trend.points.iter().map(|(day, open)| json!({ "label": wording::short(*day), "value": open }));
    json!({ "title": trend.title, "points": points.collect::<Vec<_>>(), "kind": trend.kind,
            "query": { "stage": "open" } })
}
