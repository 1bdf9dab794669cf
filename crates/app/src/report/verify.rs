//! Verifying a report that came back from the office: its figures are recomputed as known when it was made.

use super::desk::Desk;
use crate::{
    App, Caller,
    ports::{Provenance, Verified},
};
use std::sync::Arc;
use yanpan_kernel::{
    period::Period,
    problem::{INTERNAL, NOT_FOUND, PERIOD_INVALID, Problem, UNIT_UNKNOWN},
    unit::Tree,
};

/// Recomputes every figure at the document's `as_of`; with `now`, as known today (what changed since).
///
/// # Errors
/// When the file is no document of ours, or its unit, period or pack is not known here.
pub async fn verify(
    app: &Arc<App>,
    caller: &Caller,
    docx: Vec<u8>,
    now: bool,
) -> Result<(Provenance, Verified), Problem> {
    let provenance = app.documents.provenance(&docx)?;
    let pack = app
        .packs
        .version(&provenance.pack, &provenance.version)
        .ok_or_else(|| {
            Problem::new(&NOT_FOUND, &[("what", &format!("业务包 {} {}", provenance.pack, provenance.version))])
        })?
        .clone();
    let reading = app.store.read().await?;
    let versions = reading.unit_versions().await?;
    let jurisdictions = reading.jurisdictions().await?;
    let as_of = if now { reading.last_entry().await? } else { provenance.as_of };
    drop(reading);
    let on = provenance.tree_on.parse().map_err(|_| Problem::new(&INTERNAL, &[("reference", &"tree-date")]))?;
    let tree = Arc::new(Tree::on(on, &versions, &jurisdictions));
    let unknown = || Problem::new(&UNIT_UNKNOWN, &[("value", &provenance.unit)]);
    let unit = tree.by_code(&provenance.unit).ok_or_else(unknown)?.unit;
    caller.scope_under(unit)?;
    let period = Period::parse(&provenance.period, &app.calendar)
        .map_err(|error| Problem::new(&PERIOD_INVALID, &[("reason", &error)]))?;
    let desk = Desk::new(app.clone(), pack, unit, period, (as_of, tree));
    let documents = app.documents.clone();
    let verified = tokio::task::spawn_blocking(move || documents.verify(&docx, &desk))
        .await
        .map_err(|_| Problem::new(&INTERNAL, &[("reference", &"verify")]))??;
    Ok((provenance, verified))
}
