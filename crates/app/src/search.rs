//! Finding by a few words: cases by number and summary, units by name, code and alias; only in the caller's scope.

use crate::{
    App, Caller,
    ports::{CaseRow, Column, Filter, Query, Test},
};
use std::collections::BTreeSet;
use yanpan_kernel::{id::Id, problem::Problem, unit::Unit};

/// Most cases of a kind in an answer.
const MOST_CASES: u32 = 8;
/// Most units in an answer.
const MOST_UNITS: usize = 8;

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Cases, newest first within their kind.
    pub cases: Vec<CaseRow>,
    /// Units in the bureau's order.
    pub units: Vec<Id<Unit>>,
}

/// Finds; nothing by no words.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn search(app: &App, caller: &Caller, words: &str) -> Result<Found, Problem> {
    let words = words.trim().to_lowercase();
    let mut found = Found::default();
    if words.is_empty() {
        return Ok(found);
    }
    let reading = app.store.read().await?;
    let scope = caller.scope();
    let aliases = reading.unit_aliases().await?;
    let also: BTreeSet<Id<Unit>> =
        aliases.into_iter().filter(|(_, alias)| alias.to_lowercase().contains(&words)).map(|(unit, _)| unit).collect();
    let named = caller.tree.all().into_iter().filter(|version| {
        let own = version.name.to_lowercase().contains(&words) || version.code.to_lowercase().contains(&words);
        scope.contains(version.unit) && (own || also.contains(&version.unit))
    });
    found.units = named.take(MOST_UNITS).map(|version| version.unit).collect();
    for (_, definition) in app.packs.cases() {
        let query = Query {
            kind: definition.key.clone(),
            filters: vec![Filter { column: Column::Search, test: Test::Contains(words.clone()) }],
            actor: None,
            sort: Column::OpenedOn,
            descending: true,
            after: None,
            limit: MOST_CASES,
        };
        found.cases.extend(reading.case_page(&query, &scope).await?);
    }
    Ok(found)
}
