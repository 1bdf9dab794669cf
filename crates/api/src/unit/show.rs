//! `GET /api/v1/units/{id}`: one unit with its history.

use super::unit_id;
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::App;
use yanpan_kernel::problem::{OUT_OF_SCOPE, Problem};

/// Every version of the unit, the units that it follows or that follow it, and who has jurisdiction over it.
#[utoipa::path(get, path = "/api/v1/units/{id}", operation_id = "show_unit", params(("id" = String, Path)),
    responses((status = 200, description = "The unit")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let unit = unit_id(&id)?;
    if !caller.scope().contains(unit) {
        return Err(Problem::new(&OUT_OF_SCOPE, &[]).into());
    }
    let reading = app.store.read().await?;
    let versions: Vec<_> = reading.unit_versions().await?.into_iter().filter(|known| known.unit == unit).collect();
    let successions: Vec<_> =
        reading.successions().await?.into_iter().filter(|known| known.from == unit || known.to == unit).collect();
    let jurisdictions: Vec<_> = reading
        .jurisdictions()
        .await?
        .into_iter()
        .filter(|known| known.unit == unit || known.authority == unit)
        .collect();
    let path: Vec<_> = caller.tree.path(unit);
    Ok(Json(json!({
        "id": unit, "path": path, "versions": versions, "successions": successions, "jurisdictions": jurisdictions,
    })))
}
