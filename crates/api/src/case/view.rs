//! A case as it is shown: personal answers are masked unless a grant in its own unit or above reaches it.

use serde_json::{Value, json};
use yanpan_app::{App, Caller};
use yanpan_kernel::case::Case;

/// The case for this caller. Answers whose field the form does not know are masked too.
pub(crate) fn view(app: &App, caller: &Caller, case: &Case) -> Value {
    let own = caller.grants.iter().any(|grant| caller.tree.covers(grant.unit, case.unit));
    let definition = app.packs.case(&case.kind, &case.version);
    let form = definition.and_then(|(pack, definition)| pack.forms.get(&definition.form));
    let open = |key: &str| own || form.and_then(|form| form.field(key)).is_some_and(|field| field.personal.is_none());
    let answers = case.answers.iter().map(|(key, answer)| {
        let shown = if open(key) { json!(answer) } else { json!("***") };
        (key.clone(), shown)
    });
    let answers: serde_json::Map<String, Value> = answers.collect();
    json!({
        "id": case.id, "kind": case.kind, "number": case.number, "unit": case.unit, "state": case.state,
        "stage": case.stage.key(), "revision": case.revision, "answers": answers,
        "opened_on": case.opened_on.to_string(), "closed_on": case.closed_on.map(|day| day.to_string()),
    })
}
