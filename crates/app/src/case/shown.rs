//! What of a case a caller may read: personal answers are masked unless a grant in its own unit or above reaches it.

use crate::{App, Caller};
use serde_json::json;
use yanpan_kernel::{
    case::Case,
    form::{Answers, Form},
    id::Id,
    unit::Unit,
};

/// What stands for a personal answer that is not shown.
const MASK: &str = "***";

/// Whether the caller reads personal answers of a unit's cases.
#[must_use]
pub fn reads_personal(caller: &Caller, unit: Id<Unit>) -> bool {
    caller.grants.iter().any(|grant| caller.tree.covers(grant.unit, unit))
}

/// The answers of a case for this caller.
#[must_use]
pub fn shown(app: &App, caller: &Caller, case: &Case) -> Answers {
    if reads_personal(caller, case.unit) {
        return case.answers.clone();
    }
    let definition = app.packs.case(&case.kind, &case.version);
    masked(definition.and_then(|(pack, definition)| pack.forms.get(&definition.form)), &case.answers)
}

/// Answers without their personal values; those whose field the form does not know are masked too.
#[must_use]
pub fn masked(form: Option<&Form>, answers: &Answers) -> Answers {
    let open = |key: &str| form.and_then(|form| form.field(key)).is_some_and(|field| !field.is_personal());
    let mask = |key: &String| if open(key) { None } else { Some(json!(MASK)) };
    answers.iter().map(|(key, answer)| (key.clone(), mask(key).unwrap_or_else(|| answer.clone()))).collect()
}
