//! A case as it is shown: personal answers are masked unless a grant in its own unit or above reaches it.

use serde_json::{Value, json};
use yanpan_app::{
    App, Caller,
    case::{overdue_days, shown, summary},
    ports::CaseRow,
};
use yanpan_kernel::{case::Case, id::Id, unit::Unit};

/// The case for this caller.
pub(crate) fn view(app: &App, caller: &Caller, case: &Case) -> Value {
    let definition = app.packs.case(&case.kind, &case.version).map(|(_, definition)| definition);
    let state = definition.and_then(|definition| definition.state(&case.state));
    json!({
        "id": case.id, "kind": case.kind, "number": case.number, "unit": case.unit,
        "state": case.state, "state_title": state.map_or(case.state.as_str(), |state| state.title.as_str()),
        "stage": case.stage.key(), "revision": case.revision, "answers": shown(app, caller, case),
        "opened_on": case.opened_on.to_string(), "closed_on": case.closed_on.map(|day| day.to_string()),
    })
}

/// The case as a row of a list.
pub(crate) fn row(app: &App, caller: &Caller, row: &CaseRow) -> Value {
    let case = &row.case;
    let mut shown = view(app, caller, case);
    let named = app.packs.case(&case.kind, &case.version).map(|(_, definition)| summary(definition, case));
    if let Some(members) = shown.as_object_mut() {
        for (key, value) in [
            ("due_on", json!(row.due_on.map(|day| day.to_string()))),
            ("unit_name", json!(unit_name(caller, case.unit))),
            ("unit_path", json!(unit_path(caller, case.unit))),
            ("overdue_days", json!(overdue_days(row, app.environment.today()))),
            ("summary", json!(named)),
        ] {
            members.insert(key.to_owned(), value);
        }
    }
    shown
}

/// A unit's name today; empty for one that is no longer in the tree.
pub(crate) fn unit_name(caller: &Caller, unit: Id<Unit>) -> &str {
    caller.tree.get(unit).map_or("", |version| version.name.as_str())
}

/// The names above a unit, without the root, highest first.
pub(crate) fn unit_path(caller: &Caller, unit: Id<Unit>) -> String {
    let mut above: Vec<&str> = caller.tree.path(unit).into_iter().skip(1).map(|unit| unit_name(caller, unit)).collect();
    above.pop();
    above.reverse();
    above.join(" / ")
}
