//! `POST /api/v1/cases/{kind}/acts/{verb}`: doing the same with many cases.

use crate::{Refusal, body::Given, guard::Asking};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::{
    App,
    case::{Act, act_on_many},
};

/// Most cases of one request.
const MOST: usize = 200;

/// A case as last seen.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Seen {
    /// Case id.
    id: String,
    /// Revision seen.
    revision: i64,
}

/// Cases, and the answers for all of them.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Many {
    /// Cases, at most 200.
    ids: Vec<Seen>,
    /// Answers by field key.
    #[serde(default)]
    answers: BTreeMap<String, Value>,
}

/// Does one act with each; what is refused hinders no other.
#[utoipa::path(post, path = "/api/v1/cases/{kind}/acts/{verb}", operation_id = "act_on_cases",
    params(("kind" = String, Path), ("verb" = String, Path)), request_body = Many,
    responses((status = 200, description = "Cases done, and those refused with their problems")))]
pub(crate) async fn bulk(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((kind, verb)): Path<(String, String)>,
    Given(given): Given<Many>,
) -> Result<Json<Value>, Refusal> {
    if given.ids.len() > MOST {
        return Err(Refusal::usage("一次至多办理200件"));
    }
    let read = |seen: &Seen| seen.id.parse().map(|id| (id, seen.revision));
    let wanted: Result<Vec<_>, _> = given.ids.iter().map(read).collect();
    let wanted = wanted.map_err(|_| Refusal::usage("ids 应为事项的 id 和 revision"))?;
    let doing = Act { verb, answers: given.answers, ..Act::default() };
    let (done, refused) = act_on_many(&app, &caller, &kind, &wanted, &doing).await?;
    let refused: Vec<Value> = refused
        .into_iter()
        .map(|refused| json!({ "id": refused.id, "number": refused.number, "problems": refused.problems }))
        .collect();
    Ok(Json(json!({ "done": done, "refused": refused })))
}
