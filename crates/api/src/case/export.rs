//! `GET /api/v1/cases/{kind}/export`: what a list shows, as a sheet.

use super::{filter, list::definition};
use crate::{Refusal, attachment::Attachment, guard::Fresh};
use axum::extract::{Path, Query, State};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_app::{
    App, Caller,
    export::{chosen_columns, ledger_columns, ledger_rows},
    ports::{Cell, SheetFrame, SheetTarget},
};
use yanpan_kernel::{
    calendar::wording,
    problem::{INTERNAL, Problem},
};

/// Most rows of a sheet that is sent.
const MOST_ROWS: usize = 50_000;

/// All rows of a list's query, as `format=xlsx` or `csv`, in the `columns=a,b` that are shown, else in the ledger's; more than 50,000 are `413.2`.
#[utoipa::path(get, path = "/api/v1/cases/{kind}/export", operation_id = "export_cases", params(("kind" = String, Path)),
    responses((status = 200, description = "The sheet")))]
pub(crate) async fn export(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(kind): Path<String>,
    Query(given): Query<BTreeMap<String, String>>,
) -> Result<Attachment, Refusal> {
    let format = given.get("format").map_or("xlsx", String::as_str).to_owned();
    if !["xlsx", "csv"].contains(&format.as_str()) {
        return Err(Refusal::usage("format 可用 xlsx、csv"));
    }
    let Sheet { name, target, frame, rows } = sheet(&app, &caller, (&kind, &given)).await?;
    let (sheets, file) = (app.sheets.clone(), format!("{name}.{format}"));
    let work = move || sheets.write(&file, &target, &frame, &mut rows.into_iter());
    let broken = |_| Problem::new(&INTERNAL, &[("reference", &"export")]);
    let bytes = tokio::task::spawn_blocking(work).await.map_err(broken)??;
    Ok(Attachment::of(&name, &format, bytes))
}

/// What a list's query finds, ready to be written.
pub(super) struct Sheet {
    /// Name of the file, without its ending.
    pub name: String,
    /// Columns.
    pub target: SheetTarget,
    /// What stands around the rows.
    pub frame: SheetFrame,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// The rows of a list's query with what stands around them; `columns` names the columns, in their order.
///
/// # Errors
/// `NOT_FOUND`, `EXPORT_TOO_LARGE`, filters that mean nothing.
pub(super) async fn sheet(
    app: &App,
    caller: &Caller,
    (kind, given): (&str, &BTreeMap<String, String>),
) -> Result<Sheet, Refusal> {
    let wanted = filter::wanted(app, caller, definition(app, kind)?, given)?;
    let unit = given.get("unit").and_then(|unit| unit.parse().ok());
    let unit = unit.or_else(|| caller.grants.first().map(|grant| grant.unit));
    let target = match given.get("columns").filter(|keys| !keys.is_empty()) {
        Some(keys) => chosen_columns(app, kind, &keys.split(',').collect::<Vec<_>>())?,
        None => ledger_columns(app, kind)?,
    };
    let rows = ledger_rows(app, caller, &target.columns, (wanted.query, MOST_ROWS), &wanted.scope).await?;
    let today = app.environment.today();
    let frame = SheetFrame {
        title: target.title.clone(),
        unit: unit.and_then(|unit| caller.tree.get(unit)).map(|version| version.name.clone()).unwrap_or_default(),
        date: wording::full(today),
        filled_by: String::new(),
        totals: target.summed(),
    };
    Ok(Sheet { name: format!("{}-{today}", target.title), target, frame, rows })
}
