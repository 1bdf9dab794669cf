//! `POST /api/v1/cases/{kind}/fill`: what a list shows, in the caller's own workbook.

use super::export::{Sheet, sheet};
use crate::{Refusal, attachment::Attachment, guard::Fresh};
use axum::extract::{Multipart, Path, Query, State};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use yanpan_app::App;
use yanpan_kernel::problem::{INTERNAL, Problem};

/// The parts of the form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is wanted: the part is read by hand")]
pub(crate) struct Filling {
    /// The workbook, .xlsx, in which the row with `{{column}}` placeholders is repeated for every case.
    #[schema(value_type = String, format = Binary)]
    template: Vec<u8>,
}

/// All rows of a list's query in the caller's own header; more than 50,000 are `413.2`.
#[utoipa::path(post, path = "/api/v1/cases/{kind}/fill", operation_id = "fill_cases", params(("kind" = String, Path)),
    request_body(content = Filling, content_type = "multipart/form-data"),
    responses((status = 200, description = "The workbook, filled")))]
pub(crate) async fn fill(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Path(kind): Path<String>,
    Query(given): Query<BTreeMap<String, String>>,
    mut form: Multipart,
) -> Result<Attachment, Refusal> {
    let broken = |fault: axum::extract::multipart::MultipartError| Refusal::usage(&fault.body_text());
    let mut template = None;
    while let Some(part) = form.next_field().await.map_err(broken)? {
        if part.name() == Some("template") {
            let name = part.file_name().unwrap_or("模板.xlsx").to_owned();
            template = Some((name, part.bytes().await.map_err(broken)?));
        }
    }
    let (file, bytes) = template.ok_or_else(|| Refusal::usage("缺少模板文件(template)"))?;
    let Sheet { name, target, frame, rows } = sheet(&app, &caller, (&kind, &given)).await?;
    let sheets = app.sheets.clone();
    let work = move || sheets.fill((&bytes, &file), &target, &frame, &mut rows.into_iter());
    let lost = |_| Problem::new(&INTERNAL, &[("reference", &"fill")]);
    let filled = tokio::task::spawn_blocking(work).await.map_err(lost)??;
    Ok(Attachment::of(&name, "xlsx", filled))
}
