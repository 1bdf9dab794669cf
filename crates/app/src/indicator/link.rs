//! The list of cases behind a number: its kind and filters, where the pack says which they are.

use crate::{App, report::Desk};
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};
use yanpan_kernel::{calendar::days, id::Id, indicator::Definition, period::Period, unit::Unit};

/// The rows behind a number of a unit and its subtree in a period, under the value of a dimension.
///
/// `None` where the pack names no rows, where the list cannot filter by the dimension, and where it would show the cases
/// as they are today for a period that has ended.
pub(super) fn link(
    (app, desk): (&App, &Desk),
    definition: &Definition,
    (unit, period): (Id<Unit>, &Period),
    dimension: Option<(&str, &str)>,
) -> Option<Json> {
    let behind = definition.rows.as_ref()?;
    let last = desk.last(period);
    if behind.present && period.last() < app.environment.today() {
        return None;
    }
    let mut query = Map::from_iter([("unit".to_owned(), json!(unit))]);
    for (name, value) in &behind.filters {
        query.insert(name.clone(), json!(dated(value, (period.first(), last))));
    }
    if let Some((name, value)) = dimension {
        let case = app.packs.of_case(&behind.case)?.cases.get(&behind.case)?;
        let listed = ["state", "stage"].contains(&name) || case.slots.iter().any(|slot| slot == name);
        // The list reads these as several values or a range.
        if !listed || value.contains(',') || value.contains("..") {
            return None;
        }
        query.insert(name.to_owned(), json!(value));
    }
    Some(json!({ "kind": behind.case, "query": query }))
}

fn dated(value: &str, (first, last): (Date, Date)) -> String {
    let before_last = days::after(last, -1).unwrap_or(last);
    let dates = [("$first", first), ("$last", last), ("$before_last", before_last)];
    dates.iter().fold(value.to_owned(), |text, (word, date)| text.replace(word, &date.to_string()))
}
