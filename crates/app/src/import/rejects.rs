//! The refused rows of a plan as the user's own workbook.

use super::{
    plan::{Plan, Sort, Upload, hints, wanted},
    target::target_of,
};
use crate::{App, Caller};
use std::sync::Arc;
use yanpan_kernel::problem::{INTERNAL, Place, Problem};

/// Gives the refused rows back: layout kept, wrong cells marked, each row explained. `None` when no row was refused.
///
/// # Errors
/// When the file cannot be read or written again.
pub async fn rejects(
    app: &Arc<App>,
    caller: &Caller,
    (upload, plan): (&Upload, &Plan),
) -> Result<Option<Vec<u8>>, Problem> {
    let refused = plan.rows.iter().filter(|row| row.sort == Sort::Refused);
    let refused: Vec<(Place, Vec<Problem>)> = refused.map(|row| (row.place(), row.problems.clone())).collect();
    if refused.is_empty() {
        return Ok(None);
    }
    let sheet = wanted(target_of(app, caller, &upload.kind)?.as_ref(), upload);
    let hints = hints(app, caller, upload).await?;
    let (sheets, upload) = (app.sheets.clone(), upload.clone());
    let work =
        tokio::task::spawn_blocking(move || sheets.rejects((&upload.bytes, &upload.name), (&sheet, &hints), &refused));
    work.await.map_err(|_| Problem::new(&INTERNAL, &[("reference", &"rejects")]))?.map(Some)
}
