//! `GET /api/v1/imports/drafts/{id}/rows`: the preview, page by page.

use super::{id, shown::Shown};
use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{
    App,
    import::{Sort, draft, sheet_target, working},
};
use yanpan_kernel::problem::{DRAFT_BUSY, Problem};

/// Most rows of a page.
const MOST_ROWS: usize = 200;

/// Which rows.
#[derive(Deserialize)]
pub(crate) struct Page {
    sort: Option<String>,
    #[serde(default)]
    after: usize,
    limit: Option<usize>,
}

/// Rows of the plan in file order, of one sort or of all.
#[utoipa::path(get, path = "/api/v1/imports/drafts/{id}/rows", operation_id = "rows_of_import",
    params(("id" = String, Path), ("sort" = Option<String>, Query), ("after" = Option<usize>, Query),
    ("limit" = Option<usize>, Query)), responses((status = 200, description = "A page")))]
pub(crate) async fn rows(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(wanted): Path<String>,
    Query(page): Query<Page>,
) -> Result<Json<Value>, Refusal> {
    let draft = draft(&app, &caller, id(&wanted, "这份草稿")?).await?;
    let made = working(&app, &caller, &draft).await?.made();
    let plan = made.unwrap_or_else(|| Err(Problem::new(&DRAFT_BUSY, &[])))?;
    let sort = page.sort.as_deref().filter(|sort| !sort.is_empty());
    let sort = sort.map(|key| Sort::ALL.iter().find(|(_, known)| *known == key).map(|(sort, _)| *sort));
    let sort = sort.map(|found| found.ok_or_else(|| Refusal::usage("sort 应为 new、update、same、suspect 或 refused")));
    let sort = sort.transpose()?;
    let limit = page.limit.unwrap_or(50).clamp(1, MOST_ROWS);
    let target = sheet_target(&app, &caller, &draft.kind)?;
    let shown = Shown::new(&target, &caller.tree);
    let fitting =
        plan.rows.iter().enumerate().skip(page.after).filter(|(_, row)| sort.is_none_or(|sort| row.sort == sort));
    let some: Vec<(usize, Value)> = fitting.take(limit).map(|(at, row)| (at, shown.row(row))).collect();
    let next = some.last().filter(|_| some.len() == limit).map(|(at, _)| at + 1);
    let rows: Vec<Value> = some.into_iter().map(|(_, row)| row).collect();
    Ok(Json(json!({ "rows": rows, "next": next })))
}
