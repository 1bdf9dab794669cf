//! Changing how a draft is read: which heading is which column, and what to read instead of what was found.

use super::{
    desk::working,
    finish::planned,
    keep::{Draft, draft},
};
use crate::{App, Caller, import::target::sheet_target, ports::SheetLayout};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    id::Id,
    problem::{DRAFT_DONE, MAPPING_INVALID, Place, Problem},
};

/// What to read in one cell instead of what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellCorrection {
    /// Sheet.
    pub sheet: String,
    /// Row, from 1.
    pub row: u32,
    /// Key of the column.
    pub key: String,
    /// What to read.
    pub value: String,
}

/// Corrections: of all cells alike (key → text as found → text instead; `None` takes one back), and of single cells.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// Of all cells alike.
    pub alike: BTreeMap<String, BTreeMap<String, Option<String>>>,
    /// Of single cells.
    pub cells: Vec<CellCorrection>,
}

/// Confirms or changes the mapping of headings: (sheet, heading) → key, an empty key leaves the column out. The file is
/// read again; the mapping is remembered once the file goes in.
///
/// # Errors
/// `NOT_FOUND`, `DRAFT_BUSY`, `DRAFT_DONE`; `MAPPING_INVALID` for every key that does not exist or is given twice.
pub async fn map_draft(
    app: &Arc<App>,
    caller: &Caller,
    id: Id<Draft>,
    mapping: &[(String, String, String)],
) -> Result<Draft, Vec<Problem>> {
    let one = |problem| vec![problem];
    let mut draft = open(app, caller, id).await.map_err(one)?;
    let plan = planned(app, caller, &draft).await.map_err(one)?;
    let known = sheet_target(app, caller, &draft.kind).map_err(one)?;
    let mut problems = Vec::new();
    for (sheet, heading, key) in mapping.iter().filter(|(_, _, key)| !key.is_empty()) {
        let twice = mapping.iter().filter(|(other, _, again)| (other, again) == (sheet, key)).count() > 1;
        let reason = if !known.columns.iter().any(|column| column.key == *key) {
            format!("「{heading}」对应的「{key}」不存在")
        } else if twice {
            format!("「{sheet}」里不止一列对应「{key}」")
        } else {
            continue;
        };
        problems.push(Problem::new(&MAPPING_INVALID, &[("reason", &reason)]).at(Place::field(heading)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let change = |mut layout: SheetLayout| {
        for (_, heading, key) in mapping.iter().filter(|(sheet, ..)| *sheet == layout.sheet) {
            layout.headings.retain(|other, known| key.is_empty() || known != key || other == heading);
            layout.headings.insert(heading.clone(), key.clone());
        }
        layout
    };
    draft.layouts = plan.layouts.iter().cloned().map(change).collect();
    again(app, caller, draft).await.map_err(one)
}

/// Adds corrections; the file is read again.
///
/// # Errors
/// `NOT_FOUND`, `DRAFT_DONE`.
pub async fn correct_draft(
    app: &Arc<App>,
    caller: &Caller,
    id: Id<Draft>,
    corrections: Corrections,
) -> Result<Draft, Problem> {
    let mut draft = open(app, caller, id).await?;
    for (key, alike) in corrections.alike {
        let known = draft.corrections.entry(key).or_default();
        for (found, instead) in alike {
            match instead {
                Some(instead) => known.insert(found, instead),
                None => known.remove(&found),
            };
        }
    }
    for cell in corrections.cells {
        draft.cells.retain(|known| (&known.sheet, known.row, &known.key) != (&cell.sheet, cell.row, &cell.key));
        draft.cells.push(cell);
    }
    again(app, caller, draft).await
}

/// A draft that has not become a batch.
pub(super) async fn open(app: &App, caller: &Caller, id: Id<Draft>) -> Result<Draft, Problem> {
    let draft = draft(app, caller, id).await?;
    match draft.batch {
        Some(batch) => Err(Problem::new(&DRAFT_DONE, &[("batch", &batch)])),
        None => Ok(draft),
    }
}

async fn again(app: &Arc<App>, caller: &Caller, draft: Draft) -> Result<Draft, Problem> {
    draft.keep(app).await?;
    app.desk.clear(draft.id);
    working(app, caller, &draft).await?;
    Ok(draft)
}
