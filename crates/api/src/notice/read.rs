//! `POST /api/v1/notices/{id}/read` and `POST /api/v1/notices/read`: what has been read.

use crate::{Refusal, guard::Asking};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use std::sync::Arc;
use yanpan_app::{App, write};
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// Marks one of the caller's notices as read.
#[utoipa::path(post, path = "/api/v1/notices/{id}/read", operation_id = "read_notice", params(("id" = String, Path)),
    responses((status = 204, description = "Read")))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"这条提醒")]);
    let (id, now) = (id.parse().map_err(|_| missing())?, app.environment.now_ms());
    let known =
        write(&app, move |writing| Box::pin(async move { writing.read_notice(id, caller.account, now).await })).await?;
    if known { Ok(StatusCode::NO_CONTENT) } else { Err(missing().into()) }
}

/// Marks all of the caller's notices as read.
#[utoipa::path(post, path = "/api/v1/notices/read", operation_id = "read_notices",
    responses((status = 204, description = "Read")))]
pub(crate) async fn all(State(app): State<Arc<App>>, Asking(caller): Asking) -> Result<StatusCode, Refusal> {
    let now = app.environment.now_ms();
    write(&app, move |writing| Box::pin(async move { writing.read_notices(caller.account, now).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
