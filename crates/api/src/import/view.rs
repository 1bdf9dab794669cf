//! A draft as JSON.

use crate::Refusal;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use yanpan_app::{
    App, Caller,
    import::{Draft, Plan, Sort, working},
};

/// How long an answer waits for a small file, so that most drafts come ready at once.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Suggestions listed; the rest stand at their rows.
const MOST_SUGGESTIONS: usize = 200;

/// The draft: `progress` while its file is being read, everything else afterwards.
pub(super) async fn view(app: &Arc<App>, caller: &Caller, draft: &Draft) -> Result<Value, Refusal> {
    let work = working(app, caller, draft).await?;
    // Whether it was ready in time shows in what it made.
    let _ = tokio::time::timeout(PATIENCE, work.done()).await;
    let (progress, plan, problems) = match work.made() {
        None => {
            let (phase, done, total) = work.progress.seen();
            (json!({ "phase": phase, "done": done, "total": total }), None, Vec::new())
        }
        Some(Ok(plan)) => (Value::Null, Some(plan.clone()), plan.problems.clone()),
        Some(Err(problem)) => (Value::Null, None, vec![problem]),
    };
    let plan = plan.as_deref();
    let counts: BTreeMap<&str, usize> =
        Sort::ALL.iter().map(|(sort, key)| (*key, plan.map_or(0, |plan| plan.count(*sort)))).collect();
    Ok(json!({
        "id": draft.id,
        "ledger": draft.kind,
        "name": draft.name,
        "unit": draft.unit,
        "at": draft.at,
        "batch": draft.batch,
        "progress": progress,
        "counts": counts,
        "notes": plan.map(|plan| plan.notes.clone()).unwrap_or_default(),
        "mapping": plan.map(|plan| plan.mapping.clone()).unwrap_or_default(),
        "problems": problems,
        "suggestions": plan.map(suggestions).unwrap_or_default(),
        "corrections": draft.corrections,
        "cells": draft.cells,
    }))
}

/// What may be corrected for all cells alike, the most frequent first.
fn suggestions(plan: &Plan) -> Vec<Value> {
    let mut alike: BTreeMap<(String, String), (String, Option<String>, usize)> = BTreeMap::new();
    for found in plan.rows.iter().flat_map(|row| &row.suggestions) {
        let Some(key) = &found.key else { continue };
        let column = found.problem.place.column.clone().unwrap_or_default();
        let entry = alike.entry((key.clone(), found.found.clone()));
        entry.or_insert_with(|| (column, found.suggestion.clone(), 0)).2 += 1;
    }
    let mut listed: Vec<_> = alike.into_iter().filter(|(_, (_, suggestion, _))| suggestion.is_some()).collect();
    listed.sort_by_key(|(_, (_, _, count))| std::cmp::Reverse(*count));
    let listed = listed.into_iter().take(MOST_SUGGESTIONS);
    listed
        .map(|((key, found), (column, suggestion, count))| {
            json!({ "key": key, "column": column, "found": found, "suggestion": suggestion, "count": count })
        })
        .collect()
}
