//! Verifying a report that came back from the office: its figures are recomputed as known when it was made.

use super::{READERS, desk::Desk, ground::Ground};
use crate::{
    App, Caller,
    ports::{Differing, Provenance, Verified},
};
use serde::Serialize;
use std::sync::Arc;
use yanpan_kernel::{
    id::Id,
    period::Period,
    problem::{INTERNAL, NOT_FOUND, OUT_OF_SCOPE, Problem, UNIT_UNKNOWN},
    unit::Unit,
};
use yanpan_packs::Pack;

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// The figures as they stand in the file, against those known when it was made.
    #[serde(flatten)]
    pub found: Verified,
    /// Figures that would be others today, when that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_since: Option<Vec<Differing>>,
    /// Where the figures come from.
    pub provenance: Provenance,
    /// Name of who made it, where the account is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
}

impl Verification {
    /// Whether every figure stands under a signature of this installation.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.found.differing.is_empty() && self.found.signed
    }
}

/// Recomputes every figure at the document's `as_of`; with `now`, also as known today (what changed since).
///
/// # Errors
/// When the file is no document of ours, or its unit, period or pack is not known here, or not in the caller's scope.
pub async fn verify(app: &Arc<App>, caller: &Caller, docx: Vec<u8>, now: bool) -> Result<Verification, Problem> {
    caller.grant_of(&READERS)?;
    let provenance = app.documents.provenance(&docx)?;
    let pack = app.packs.version(&provenance.pack, &provenance.version).ok_or_else(|| {
        Problem::new(&NOT_FOUND, &[("what", &format!("业务包 {} {}", provenance.pack, provenance.version))])
    })?;
    let on = provenance.tree_on.parse().map_err(|_| Problem::new(&INTERNAL, &[("reference", &"tree-date")]))?;
    let made = Ground::of(app, Some(provenance.as_of), on).await?;
    let unknown = || Problem::new(&UNIT_UNKNOWN, &[("value", &provenance.unit)]);
    let unit = made.tree.by_code(&provenance.unit).ok_or_else(unknown)?.unit;
    if !caller.scope_as(&READERS).contains(unit) {
        return Err(Problem::new(&OUT_OF_SCOPE, &[]));
    }
    let period = Period::parse(&provenance.period, &app.calendar)?;
    let docx = Arc::new(docx);
    let found = compare(app, pack, (unit, period), made, docx.clone()).await?;
    let changed_since = if now {
        let today = compare(app, pack, (unit, period), Ground::of(app, None, on).await?, docx).await?;
        Some(today.differing.into_iter().filter(|differing| differing.reason == "changed").collect())
    } else {
        None
    };
    let maker = maker(app, &provenance.made_by).await?;
    Ok(Verification { found, changed_since, provenance, maker })
}

async fn maker(app: &App, login: &str) -> Result<Option<String>, Problem> {
    let reading = app.store.read().await?;
    let Some(account) = reading.account_by_login(login).await? else { return Ok(None) };
    Ok(reading.account_names(&[account.id]).await?.pop().map(|(_, name)| name))
}

async fn compare(
    app: &Arc<App>,
    pack: &Arc<Pack>,
    of: (Id<Unit>, Period),
    ground: Ground,
    docx: Arc<Vec<u8>>,
) -> Result<Verified, Problem> {
    let desk = Desk::new(app.clone(), pack.clone(), of, ground);
    let documents = app.documents.clone();
    tokio::task::spawn_blocking(move || documents.verify(&docx, &desk))
        .await
        .map_err(|_| Problem::new(&INTERNAL, &[("reference", &"verify")]))?
}
