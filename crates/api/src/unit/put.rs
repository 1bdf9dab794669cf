//! `POST /api/v1/units`: a new unit, or a new version of one from a date on.

use crate::{Refusal, body::Given, guard::Asking};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::{
    App,
    unit::{NewVersion, put_units},
};
use yanpan_kernel::problem::Place;

/// A version: the code says whose it is; an unknown code makes a new unit.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Putting {
    code: String,
    name: String,
    kind: String,
    /// Code of the unit above; null for the root alone.
    parent: Option<String>,
    /// First day.
    #[schema(value_type = String)]
    valid_from: jiff::civil::Date,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default)]
    aliases: Vec<String>,
}

/// Puts a version; the version before ends on the eve.
#[utoipa::path(post, path = "/api/v1/units", operation_id = "put_unit", request_body = Putting,
    responses((status = 201, description = "How many versions were written")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Given(given): Given<Putting>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let row = NewVersion {
        place: Place::default(),
        code: given.code,
        name: given.name,
        kind: given.kind,
        parent: given.parent,
        valid_from: given.valid_from,
        valid_to: None,
        attributes: given.attributes,
        aliases: given.aliases,
    };
    let written = put_units(&app, &caller, vec![row]).await?;
    Ok((StatusCode::CREATED, Json(json!({ "written": written }))))
}
