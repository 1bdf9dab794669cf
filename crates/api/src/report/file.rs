//! `GET /api/v1/reports/{id}/files/{format}`: a file of a report.

use crate::{Refusal, attachment::Attachment, guard::Asking};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use yanpan_app::{App, report};
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// What a preview may do: show its own styles and pictures, nothing else, inside pages of this site only.
const SANDBOX: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'";

/// How the file is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Whether HTML is to be shown in the page, in a sandbox.
    #[serde(default)]
    inline: bool,
}

/// A file of a report, as an attachment; HTML also inline.
#[utoipa::path(get, path = "/api/v1/reports/{id}/files/{format}", operation_id = "get_report_file",
    params(("id" = String, Path), ("format" = String, Path), Wanted),
    responses((status = 200, description = "The bytes")))]
pub(crate) async fn file(
    State(app): State<Arc<App>>,
    Asking(caller): Asking,
    Path((id, format)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Problem::new(&NOT_FOUND, &[("what", &"这份报告")]))?;
    let (name, bytes) = report::file(&app, &caller, id, &format).await?;
    if format == "html" && wanted.inline {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
        ];
        return Ok((headers, bytes).into_response());
    }
    Ok(Attachment::of(&name, &format, bytes).into_response())
}
