//! `GET /api/v1/cases/{kind}`: a page of cases.

use super::{filter, view::view};
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_app::App;
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// Count beyond which only `"10000+"` is said.
const MOST_COUNTED: u32 = 10_000;

/// A page inside the caller's scope, its `total` and the cursor of the `next` page.
#[utoipa::path(get, path = "/api/v1/cases/{kind}", operation_id = "list_cases", params(("kind" = String, Path)),
    responses((status = 200, description = "A page")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(kind): Path<String>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Json<Value>, Refusal> {
    let (_, definition) =
        app.packs.case(&kind, "").ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"这类事项")]))?;
    let query = filter::query(definition, &given)?;
    let (reading, scope) = (app.store.read().await?, caller.scope());
    let rows = reading.case_page(&query, &scope).await?;
    let total = reading.case_count(&query, &scope, MOST_COUNTED + 1).await?;
    let full = u32::try_from(rows.len()).is_ok_and(|count| count == query.limit);
    let next = rows.last().filter(|_| full).map(|last| filter::next(&query, last));
    let shown = rows.iter().map(|row| {
        let mut shown = view(&app, &caller, &row.case);
        if let Some(members) = shown.as_object_mut() {
            members.insert("due_on".to_owned(), json!(row.due_on.map(|day| day.to_string())));
        }
        shown
    });
    let total = if total > MOST_COUNTED { json!("10000+") } else { json!(total) };
    Ok(Json(json!({ "rows": shown.collect::<Vec<_>>(), "total": total, "next": next })))
}
