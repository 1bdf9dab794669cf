//! `POST /api/v1/rounds/{key}/{period}/{unit}`: submitting what a unit owes.

use super::{place, view};
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
    round::{self, Submission},
};

/// A signed zero, or answers.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Return {
    /// Whether it is the signed zero.
    #[serde(default)]
    zero: bool,
    /// Answers by field key.
    #[serde(default)]
    answers: BTreeMap<String, Value>,
    /// The phone's own time in Unix milliseconds, for a return made offline.
    device_at: Option<i64>,
}

/// Submits, or corrects what was submitted.
#[utoipa::path(post, path = "/api/v1/rounds/{key}/{period}/{unit}", operation_id = "submit_round",
    params(("key" = String, Path), ("period" = String, Path), ("unit" = String, Path)), request_body = Return,
    responses((status = 200, description = "The obligation afterwards")))]
pub(crate) async fn submit(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((key, period, unit)): Path<(String, String, String)>,
    Given(given): Given<Return>,
) -> Result<Json<Value>, Refusal> {
    let (period, unit) = place(&app, &period, &unit)?;
    let submission = if given.zero { Submission::Zero } else { Submission::Report(given.answers) };
    let obligation = round::submit(&app, &caller, &key, (&period, unit), (submission, given.device_at)).await?;
    Ok(Json(view(&caller, &obligation)))
}
