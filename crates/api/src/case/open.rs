//! `POST /api/v1/cases/{kind}`: opening a case.

use super::{act::key, view::view};
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::{
    App,
    case::{Act, Target, act},
};

/// The opening act.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Opening {
    /// Unit id.
    unit: String,
    /// Opening verb.
    verb: String,
    /// Answers by field key.
    #[serde(default)]
    answers: BTreeMap<String, Value>,
    /// Business date, today when left out.
    #[schema(value_type = Option<String>)]
    happened_on: Option<jiff::civil::Date>,
    /// The phone's own time in Unix milliseconds, for an act done offline.
    device_at: Option<i64>,
    /// Idempotency key of the phone's queue: the same key twice gives the same case.
    key: Option<String>,
}

/// Opens a case at a unit.
#[utoipa::path(post, path = "/api/v1/cases/{kind}", operation_id = "open_case", params(("kind" = String, Path)),
    request_body = Opening, responses((status = 201, description = "The case")))]
pub(crate) async fn open(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(kind): Path<String>,
    Given(given): Given<Opening>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let unit = given.unit.parse().map_err(|_| Refusal::usage("unit 应为单位的 id"))?;
    let wanted = Act {
        verb: given.verb,
        answers: given.answers,
        happened_on: given.happened_on,
        device_at: given.device_at,
        key: key(given.key)?,
        ..Act::default()
    };
    let acted = act(&app, &caller, Target::New { kind, unit }, wanted).await?;
    Ok((StatusCode::CREATED, Json(view(&app, &caller, &acted.case))))
}
