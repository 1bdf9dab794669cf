//! What lists and analysis keep of a case.

use crate::ports::{CaseRow, Fact, Slots};
use jiff::civil::Date;
use serde_json::Value as Json;
use yanpan_kernel::{
    calendar::wording,
    case::{Case, Definition, Stage},
    entry::Entry,
    form::{Answers, Form},
};

/// The list row of a case after an entry.
#[must_use]
pub fn row(definition: &Definition, case: &Case, entry: i64) -> CaseRow {
    let mut slots = Slots::default();
    for (slot, field) in slots.iter_mut().zip(&definition.slots) {
        *slot = case.answers.get(field).map(sort_key).unwrap_or_default();
    }
    let search = format!("{} {}", case.number, summary(definition, case)).to_lowercase();
    let search = search.chars().take(MOST_SEARCHED).collect();
    CaseRow { case: case.clone(), entry, due_on: due_on(definition, case), slots, search }
}

/// Characters of a number and summary through which lists search; the index keeps them all.
const MOST_SEARCHED: usize = 200;

/// What names a case in one line; packs name no personal field for it.
#[must_use]
pub fn summary<'a>(definition: &Definition, case: &'a Case) -> &'a str {
    case.answers.get(&definition.summary).and_then(Json::as_str).unwrap_or_default()
}

/// Natural days by which an open case is past its nearest deadline.
#[must_use]
pub fn overdue_days(row: &CaseRow, today: Date) -> i32 {
    let due = row.due_on.filter(|_| row.case.stage == Stage::Open);
    due.map_or(0, |due| wording::overdue_days(due, today))
}

fn sort_key(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.as_i64().map_or_else(|| number.to_string(), |n| format!("{n:020}")),
        Json::Bool(true) => "是".to_owned(),
        Json::Bool(false) => "否".to_owned(),
        Json::Array(items) => format!("{:04}", items.len()),
        _ => String::new(),
    }
}

/// The nearest deadline that runs in the case's state.
#[must_use]
pub fn due_on(definition: &Definition, case: &Case) -> Option<Date> {
    let running = definition.deadlines.iter().filter(|deadline| deadline.states.contains(&case.state));
    running.filter_map(|deadline| case.answers.get(&deadline.due)?.as_str()?.parse().ok()).min()
}

/// The fact that an entry makes of a case; personal fields stay out of it.
#[must_use]
pub fn fact(form: &Form, before: Option<Stage>, case: &Case, entry: &Entry) -> Fact {
    let kept = |key: &String| form.field(key).is_some_and(|field| !field.is_personal());
    let answers: Answers =
        case.answers.iter().filter(|(key, _)| kept(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
    Fact {
        entry: entry.number,
        kind: case.kind.clone(),
        subject: case.id,
        sequence: entry.sequence,
        unit: case.unit,
        verb: entry.statement.verb.clone(),
        state: case.state.clone(),
        stage_before: before,
        stage: case.stage,
        number: case.number.clone(),
        happened_on: entry.statement.happened_on,
        recorded_at: entry.recorded_at,
        actor: entry.statement.actor,
        opened_on: case.opened_on,
        closed_on: case.closed_on,
        answers,
    }
}
