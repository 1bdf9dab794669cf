//! `GET /api/v1/search`: cases and units by a few words.

use crate::{Refusal, case::unit_name, guard::Asking};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::{App, case::summary, search::search};

/// The operation that searches.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(find))
}

/// What is sought.
#[derive(Deserialize, IntoParams)]
struct Sought {
    /// Words, as they stand in a number, summary, name or code.
    #[serde(default)]
    q: String,
}

/// At most 8 cases of a kind and 8 units in the caller's scope.
#[utoipa::path(get, path = "/api/v1/search", operation_id = "search", params(Sought),
    responses((status = 200, description = "Cases and units")))]
async fn find(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Query(given): Query<Sought>,
) -> Result<Json<Value>, Refusal> {
    let found = search(&app, &caller, &given.q).await?;
    let cases = found.cases.iter().map(|row| {
        let case = &row.case;
        let definition = app.packs.case(&case.kind, &case.version).map(|(_, definition)| definition);
        let title = definition.map(|definition| summary(definition, case));
        let state = definition.and_then(|definition| definition.state(&case.state)).map(|state| &state.title);
        json!({ "kind": case.kind, "id": case.id, "number": case.number, "title": title,
                "unit_name": unit_name(&caller, case.unit), "state_title": state })
    });
    let units = found
        .units
        .iter()
        .filter_map(|unit| caller.tree.get(*unit))
        .map(|version| json!({ "id": version.unit, "name": version.name, "code": version.code }));
    Ok(Json(json!({ "cases": cases.collect::<Vec<_>>(), "units": units.collect::<Vec<_>>() })))
}
