//! `GET /api/v1/units`: the part of today's tree that the caller may see.

use crate::{Refusal, guard::Asking};
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};
use yanpan_app::App;
use yanpan_kernel::unit::kind_title;

/// Units in the bureau's order with their aliases; `parent` is null where the caller may not see it.
#[utoipa::path(get, path = "/api/v1/units", operation_id = "list_units",
    responses((status = 200, description = "Units in scope")))]
pub(crate) async fn list(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let scope = caller.scope();
    let mut aliases: HashMap<_, Vec<String>> = HashMap::new();
    for (unit, alias) in app.store.read().await?.unit_aliases().await? {
        aliases.entry(unit).or_default().push(alias);
    }
    let units = caller.tree.all().into_iter().filter(|version| scope.contains(version.unit)).map(|version| {
        json!({
            "id": version.unit, "code": version.code, "name": version.name, "kind": version.kind,
            "kind_title": kind_title(&version.kind), "aliases": aliases.remove(&version.unit).unwrap_or_default(),
            "parent": version.parent.filter(|parent| scope.contains(*parent)),
        })
    });
    Ok(Json(json!({ "units": units.collect::<Vec<_>>() })))
}
