//! `DELETE /api/v1/people/{account}/grants/{id}`: the end of a grant.

use crate::{Refusal, guard::Fresh};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use std::sync::Arc;
use yanpan_app::{App, person};
use yanpan_kernel::{
    calendar::days,
    problem::{NOT_FOUND, Problem},
};

/// Ends a grant: yesterday was its last day, so that it lets nothing be done any more.
#[utoipa::path(delete, path = "/api/v1/people/{account}/grants/{id}", operation_id = "end_grant",
    params(("account" = String, Path), ("id" = String, Path)), responses((status = 204, description = "Ended")))]
pub(crate) async fn end_grant(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path((_account, id)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let today = app.environment.today();
    let id = id.parse().map_err(|_| Problem::new(&NOT_FOUND, &[("what", &"授权")]))?;
    person::end_grant(&app, &caller, id, days::after(today, -1).unwrap_or(today)).await?;
    Ok(StatusCode::NO_CONTENT)
}
