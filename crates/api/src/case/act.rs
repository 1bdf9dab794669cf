//! `POST /api/v1/cases/{kind}/{id}/acts/{verb}`: doing something with a case.

use super::{show::case_id, view::view};
use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::{
    App,
    case::{self, Act, Target},
};

/// Longest idempotency key.
const LONGEST_KEY: usize = 64;

/// An act and the revision that its actor saw.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Doing {
    /// Revision seen; another one in the store is `409.1`.
    revision: i64,
    /// Answers by field key.
    #[serde(default)]
    answers: BTreeMap<String, Value>,
    /// Business date, today when left out.
    #[schema(value_type = Option<String>)]
    happened_on: Option<jiff::civil::Date>,
    /// The phone's own time in Unix milliseconds, for an act done offline.
    device_at: Option<i64>,
    /// Idempotency key of the phone's queue: the same key twice acts once.
    key: Option<String>,
}

/// Does one act.
#[utoipa::path(post, path = "/api/v1/cases/{kind}/{id}/acts/{verb}", operation_id = "act_on_case",
    params(("kind" = String, Path), ("id" = String, Path), ("verb" = String, Path)), request_body = Doing,
    responses((status = 200, description = "The case afterwards")))]
pub(crate) async fn act(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((kind, id, verb)): Path<(String, String, String)>,
    Given(given): Given<Doing>,
) -> Result<Json<Value>, Refusal> {
    let wanted = Act {
        verb,
        answers: given.answers,
        happened_on: given.happened_on,
        device_at: given.device_at,
        key: key(given.key)?,
        ..Act::default()
    };
    let target = Target::Existing { id: case_id(&id)?, kind: Some(kind), revision: Some(given.revision) };
    let acted = case::act(&app, &caller, target, wanted).await?;
    Ok(Json(view(&app, &caller, &acted.case)))
}

/// An idempotency key that can be kept.
pub(super) fn key(given: Option<String>) -> Result<Option<String>, Refusal> {
    match given {
        Some(key) if key.is_empty() || key.len() > LONGEST_KEY => Err(Refusal::usage("key 应为1—64个字符")),
        other => Ok(other),
    }
}
