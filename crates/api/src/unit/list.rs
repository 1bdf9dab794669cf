//! `GET /api/v1/units`: the part of today's tree that the caller may see.

use crate::{Refusal, guard::Asking};
use axum::Json;
use serde_json::{Value, json};

/// Units in the bureau's order; `parent` is null where the caller may not see it.
#[utoipa::path(get, path = "/api/v1/units", operation_id = "list_units",
    responses((status = 200, description = "Units in scope")))]
pub(crate) async fn list(Asking(caller): Asking) -> Result<Json<Value>, Refusal> {
    let scope = caller.scope();
    let units = caller.tree.all().into_iter().filter(|version| scope.contains(version.unit)).map(|version| {
        let parent = version.parent.filter(|parent| scope.contains(*parent));
        json!({ "id": version.unit, "code": version.code, "name": version.name, "kind": version.kind, "parent": parent })
    });
    Ok(Json(json!({ "units": units.collect::<Vec<_>>() })))
}
