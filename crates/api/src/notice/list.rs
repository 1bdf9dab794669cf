//! `GET /api/v1/notices`: what the caller has been told.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Query, State},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use yanpan_app::App;

/// Most notices of one answer.
const MOST: u32 = 100;

/// The caller's notices, newest first, at most 100, and how many are unread; `unread=true` shows those alone.
#[utoipa::path(get, path = "/api/v1/notices", operation_id = "list_notices",
    responses((status = 200, description = "Notices")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Json<Value>, Refusal> {
    let reading = app.store.read().await?;
    let only_unread = given.get("unread").is_some_and(|unread| unread == "true");
    let notices = reading.notices(caller.account, only_unread, MOST).await?;
    let unread = reading.unread_notices(caller.account).await?;
    let ids: Vec<_> = notices.iter().filter_map(|notice| notice.case).collect();
    let cases = reading.cases(&ids, &caller.scope()).await?;
    let kinds: HashMap<_, _> = cases.into_iter().map(|row| (row.case.id, row.case.kind)).collect();
    let shown = notices.into_iter().map(|notice| {
        // Without a kind there is nothing to open: the case has left the caller's scope.
        let kind = notice.case.and_then(|case| kinds.get(&case));
        json!({ "id": notice.id, "case": notice.case, "kind": kind, "subject": notice.subject, "text": notice.text,
                "at": notice.at, "read_at": notice.read_at })
    });
    Ok(Json(json!({ "notices": shown.collect::<Vec<_>>(), "unread": unread })))
}
