//! `GET /api/v1/periods`: periods of a kind, newest first.

use crate::{Refusal, guard::Asking};
use axum::{
    Json,
    extract::{Query, State},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::IntoParams;
use yanpan_app::{App, period};
use yanpan_kernel::period::PeriodKind;

/// Which periods.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Kind of period, as packs write it.
    kind: String,
    /// A day of the newest period; today when left out.
    #[param(value_type = Option<String>)]
    before: Option<Date>,
}

/// The period that the day lies in and those before it, at most 24.
#[utoipa::path(get, path = "/api/v1/periods", operation_id = "list_periods", params(Wanted),
    responses((status = 200, description = "Periods")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Asking(_caller): Asking,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Refusal> {
    let known = PeriodKind::ALL.map(PeriodKind::key).join("、");
    let kind = PeriodKind::parse(&wanted.kind).ok_or_else(|| Refusal::usage(&format!("kind 可用：{known}")))?;
    let periods = period::list(&app, kind, wanted.before.unwrap_or_else(|| app.environment.today()))?;
    Ok(Json(json!({ "periods": periods })))
}
