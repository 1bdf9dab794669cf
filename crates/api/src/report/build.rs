//! `POST /api/v1/reports`: building a report.

use crate::{Refusal, body::Given, guard::Asking};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{App, report};
use yanpan_kernel::{period::Period, problem::Problem};

/// What is to be built.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Order {
    /// Document key.
    document: String,
    /// Unit id.
    unit: String,
    /// Period key.
    period: String,
    /// `docx`, `pdf`, `html`; all three when left out.
    #[serde(default = "all")]
    formats: Vec<String>,
}

fn all() -> Vec<String> {
    ["docx", "pdf", "html"].map(str::to_owned).to_vec()
}

/// Builds a report and keeps it.
#[utoipa::path(post, path = "/api/v1/reports", operation_id = "build_report", request_body = Order,
    responses((status = 201, description = "The report, and what should be said of its making")))]
pub(crate) async fn build(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Given(order): Given<Order>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let unit = order.unit.parse().map_err(|_| Refusal::usage("unit 应为单位的 id"))?;
    let period = Period::parse(&order.period, &app.calendar).map_err(Problem::from)?;
    let built = report::build(&app, &caller, &order.document, (unit, period), order.formats).await?;
    let mut shown = json!(built.kept.map(|kept| report::shown(&app, &caller, kept, caller.name.clone())));
    if let Some(members) = shown.as_object_mut() {
        members.insert("notes".to_owned(), json!(built.made.notes));
    }
    Ok((StatusCode::CREATED, Json(shown)))
}
