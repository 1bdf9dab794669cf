//! The rules that packs declare: which fields of a kind of case are kept for how many days after its end.

use crate::App;
use std::collections::{BTreeMap, BTreeSet};
use yanpan_kernel::{case::Case, form::Form};

/// Fields of a kind of case under one number of days, over all versions that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Case kind.
    pub kind: String,
    /// Its Chinese title.
    pub title: String,
    /// Days after the case's end.
    pub days: u32,
    /// Titles of the fields.
    pub fields: BTreeSet<String>,
}

/// Every rule of every version of every pack, by kind and days.
#[must_use]
pub fn rules(app: &App) -> Vec<Rule> {
    let mut found: BTreeMap<(String, u32), Rule> = BTreeMap::new();
    for pack in app.packs.all() {
        for case in pack.cases.values() {
            for field in pack.forms.get(&case.form).into_iter().flat_map(|form| &form.fields) {
                let Some(personal) = &field.personal else { continue };
                let days = personal.retention_days;
                let (kind, title) = (case.key.clone(), case.title.clone());
                let rule = || Rule { kind: kind.clone(), title, days, fields: BTreeSet::new() };
                found.entry((kind.clone(), days)).or_insert_with(rule).fields.insert(field.title.clone());
            }
        }
    }
    found.into_values().collect()
}

/// The fields of a case that may be kept no longer than this many days, by the version that it pinned.
pub(super) fn fields<'a>(app: &'a App, case: &Case, days: u32) -> Option<(&'a Form, BTreeSet<String>)> {
    let (pack, definition) = app.packs.case(&case.kind, &case.version)?;
    let form = pack.forms.get(&definition.form)?;
    let due = |declared: u32| declared <= days;
    let fields =
        form.fields.iter().filter(|field| field.personal.as_ref().is_some_and(|kept| due(kept.retention_days)));
    Some((form, fields.map(|field| field.key.clone()).collect()))
}
