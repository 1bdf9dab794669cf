//! Keeping drafts: a record and the file beside it.

use super::{change::CellCorrection, desk::working};
use crate::{
    App, Caller,
    import::{plan::Upload, target::target_of},
    ports::{Batch, SheetHints, SheetLayout},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::{INTERNAL, NOT_FOUND, Problem, TOO_LARGE},
    unit::Unit,
};

/// Largest file.
const MOST_BYTES: usize = 20 * 1024 * 1024;

/// What is kept of a draft besides its file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    /// Id.
    pub id: Id<Draft>,
    /// Who uploaded it; nobody else sees it.
    pub account: Id<Account>,
    /// What it is to be imported into.
    pub kind: String,
    /// The unit of rows that name none.
    pub unit: Option<Id<Unit>>,
    /// Name of the file.
    pub name: String,
    /// When it was uploaded, in Unix milliseconds.
    pub at: i64,
    /// Mappings that were confirmed.
    pub layouts: Vec<SheetLayout>,
    /// Corrections of all cells alike.
    pub corrections: BTreeMap<String, BTreeMap<String, String>>,
    /// Corrections of one cell.
    pub cells: Vec<CellCorrection>,
    /// The batch that it became.
    pub batch: Option<Id<Batch>>,
}

impl Draft {
    pub(super) fn record(id: Id<Self>) -> String {
        format!("{id}.json")
    }

    pub(super) fn file(id: Id<Self>) -> String {
        format!("{id}.bin")
    }

    /// The draft as what the machinery imports.
    pub(super) async fn upload(&self, app: &App) -> Result<Upload, Problem> {
        let bytes = app.drafts.get(&Self::file(self.id)).await?.ok_or_else(missing)?;
        let cells =
            self.cells.iter().map(|cell| ((cell.sheet.clone(), cell.row, cell.key.clone()), cell.value.clone()));
        let hints = SheetHints {
            layouts: self.layouts.clone(),
            corrections: self.corrections.clone(),
            cells: cells.collect(),
            ..SheetHints::default()
        };
        Ok(Upload { kind: self.kind.clone(), unit: self.unit, name: self.name.clone(), bytes: bytes.into(), hints })
    }

    pub(super) async fn keep(&self, app: &App) -> Result<(), Problem> {
        let broken = |_| Problem::new(&INTERNAL, &[("reference", &"draft")]);
        let record = serde_json::to_vec(self).map_err(broken)?;
        app.drafts.put(&Self::record(self.id), record).await
    }
}

pub(super) fn missing() -> Problem {
    Problem::new(&NOT_FOUND, &[("what", &"这份草稿")])
}

/// Keeps an uploaded file as a draft and begins to read it.
///
/// # Errors
/// `NOT_FOUND` for an unknown target, `FORBIDDEN`, `OUT_OF_SCOPE`, `TOO_LARGE`, `FILE_UNREADABLE`.
pub async fn upload(
    app: &Arc<App>,
    caller: &Caller,
    (kind, unit): (&str, Option<Id<Unit>>),
    (name, bytes): (&str, Vec<u8>),
) -> Result<Draft, Problem> {
    let writers = target_of(app, caller, kind)?.writers();
    caller.grant_of(writers)?;
    if let Some(unit) = unit {
        caller.grant_over(unit, writers)?;
    }
    if bytes.len() > MOST_BYTES {
        return Err(Problem::new(&TOO_LARGE, &[("limit", &"20 MB")]));
    }
    let draft = Draft {
        id: app.environment.id(),
        account: caller.account,
        kind: kind.to_owned(),
        unit,
        name: name.chars().filter(|c| !c.is_control() && !"/\\".contains(*c)).take(120).collect(),
        at: app.environment.now_ms(),
        layouts: Vec::new(),
        corrections: BTreeMap::new(),
        cells: Vec::new(),
        batch: None,
    };
    app.drafts.put(&Draft::file(draft.id), bytes).await?;
    draft.keep(app).await?;
    working(app, caller, &draft).await?;
    Ok(draft)
}

/// A draft of the caller's.
///
/// # Errors
/// `NOT_FOUND`, also for another's draft.
pub async fn draft(app: &App, caller: &Caller, id: Id<Draft>) -> Result<Draft, Problem> {
    let record = app.drafts.get(&Draft::record(id)).await?.ok_or_else(missing)?;
    let draft: Draft = serde_json::from_slice(&record).map_err(|_| missing())?;
    if draft.account == caller.account { Ok(draft) } else { Err(missing()) }
}

/// The caller's drafts, newest first.
///
/// # Errors
/// `FILE_UNREADABLE`.
pub async fn drafts(app: &App, caller: &Caller) -> Result<Vec<Draft>, Problem> {
    let mut found = Vec::new();
    for id in ids(app).await? {
        found.extend(draft(app, caller, id).await.ok());
    }
    found.sort_by_key(|draft| std::cmp::Reverse(draft.id));
    Ok(found)
}

/// Ids of everybody's drafts.
pub(super) async fn ids(app: &App) -> Result<Vec<Id<Draft>>, Problem> {
    let parts = app.drafts.parts().await?;
    Ok(parts.iter().filter_map(|part| part.strip_suffix(".json")?.parse().ok()).collect())
}
