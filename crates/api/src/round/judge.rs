//! `POST …/return` and `POST …/review`: what an authority says of a submission.

use super::{place, view};
use crate::{Refusal, body::Given, guard::Fresh};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{
    App, Caller,
    round::{Judgement, judge},
};

/// Why it must come again.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Reason {
    /// The unit is told so.
    reason: String,
}

/// Whether a late receipt counts as in time.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Reviewed {
    /// It was made offline in time.
    #[serde(default)]
    timely: bool,
}

/// Returns a submission; the unit must submit again and is told why.
#[utoipa::path(post, path = "/api/v1/rounds/{key}/{period}/{unit}/return", operation_id = "return_submission",
    params(("key" = String, Path), ("period" = String, Path), ("unit" = String, Path)), request_body = Reason,
    responses((status = 200, description = "The obligation afterwards")))]
pub(crate) async fn send_back(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(address): Path<(String, String, String)>,
    Given(given): Given<Reason>,
) -> Result<Json<Value>, Refusal> {
    judged(&app, &caller, address, Judgement::Return { reason: given.reason }).await
}

/// Reviews a submission: it stands.
#[utoipa::path(post, path = "/api/v1/rounds/{key}/{period}/{unit}/review", operation_id = "review_submission",
    params(("key" = String, Path), ("period" = String, Path), ("unit" = String, Path)), request_body = Reviewed,
    responses((status = 200, description = "The obligation afterwards")))]
pub(crate) async fn review(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(address): Path<(String, String, String)>,
    Given(given): Given<Reviewed>,
) -> Result<Json<Value>, Refusal> {
    judged(&app, &caller, address, Judgement::Review { timely: given.timely }).await
}

async fn judged(
    app: &Arc<App>,
    caller: &Caller,
    (key, period, unit): (String, String, String),
    judgement: Judgement,
) -> Result<Json<Value>, Refusal> {
    let (period, unit) = place(app, &period, &unit)?;
    let obligation = judge(app, caller, &key, (&period, unit), judgement).await?;
    Ok(Json(view(caller, &obligation)))
}
