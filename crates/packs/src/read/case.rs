//! `[case.KEY]`: states, transitions, deadlines.

use super::draft::{Draft, Need, Outcome, Scope, Wanted, unknown};
use crate::toml::{Placed, Table};
use yanpan_kernel::{
    calendar::Offset,
    case::{Ask, Check, Deadline, Definition, MOST_SLOTS, Stage, State, Transition},
    problem::PACK_VALUE,
};

/// Reads a kind of case.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    let case = key.value.as_str();
    draft.define("case", key);
    let form = table.text("form").required_placed();
    draft.refer(Wanted::Form, form.as_ref());
    let summary = table.text("summary").required_placed();
    if let Some(summary) = &summary {
        draft.refer_field(case, summary, Need::Shown);
    }
    let mut definition = Definition {
        key: case.to_owned(),
        title: table.text("title").required_or(String::new()),
        form: form.map(Placed::into_value).unwrap_or_default(),
        number: table.text("number").then(number).required_or(String::new()),
        states: states(draft, case, table),
        transitions: Vec::new(),
        deadlines: Vec::new(),
        slots: fields(draft, (case, "slots", Need::Slot), table),
        balance: fields(draft, (case, "balance", Need::Shown), table),
        summary: summary.map(Placed::into_value).unwrap_or_default(),
    };
    if definition.slots.len() > MOST_SLOTS {
        let reason = format!("至多{MOST_SLOTS}个");
        table.problem(&PACK_VALUE, &[("key", &"slots"), ("value", &definition.slots.len()), ("reason", &reason)]);
    }
    for (index, inner) in table.tables("transition").into_iter().enumerate() {
        draft.mark(format!("case.{case}.transition.{index}"), inner.place());
        let transition = transition(draft, &definition, &inner);
        definition.transitions.push(transition);
    }
    let mut keys = Vec::new();
    for inner in table.tables("deadline") {
        keys.extend(inner.text("key").placed());
        let deadline = deadline(draft, &definition, &inner);
        definition.deadlines.push(deadline);
    }
    table.unique(&keys);
    draft.pack.cases.insert(case.to_owned(), definition);
}

/// A pattern of numbers: known placeholders, and a sequence that tells the cases apart.
fn number(pattern: String) -> Result<String, String> {
    let mut rest = pattern.as_str();
    let mut counted = false;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((word, tail)) = after.split_once('}') else { return Err("缺少右边的「}」".to_owned()) };
        let width =
            word.strip_prefix("seq:").map(|width| width.parse::<u8>().is_ok_and(|width| (1..=9).contains(&width)));
        match (word, width) {
            (_, Some(true)) | ("seq", _) => counted = true,
            ("unit.code" | "year", _) => {}
            _ => return Err(format!("不认识「{{{word}}}」，可用 {{unit.code}}、{{year}}、{{seq:4}}")),
        }
        rest = tail;
    }
    if counted { Ok(pattern) } else { Err("须含序号 {seq:4}".to_owned()) }
}

fn states(draft: &mut Draft, case: &str, table: &Table<'_>) -> Vec<State> {
    let stages = [("open", Stage::Open), ("closed", Stage::Closed), ("withdrawn", Stage::Withdrawn)];
    let read = table.list("states", |item| {
        let inner = item.table()?;
        let (key, title) = (inner.text("key").required_placed(), inner.text("title").required());
        let stage = inner.choice("stage", &stages).required()?;
        let key = key?;
        Some((key.clone(), State { key: key.value, title: title?, stage }))
    });
    let (keys, states): (Vec<_>, Vec<_>) = read.required_or(Vec::new()).into_iter().unzip();
    table.unique(&keys);
    for key in keys {
        draft.mark(format!("case.{case}.state.{}", key.value), key.place);
    }
    states
}

fn fields(draft: &mut Draft, (case, key, need): (&str, &str, Need), table: &Table<'_>) -> Vec<String> {
    let fields = table.placed_texts(key).or(Vec::new());
    table.unique(&fields);
    for field in &fields {
        draft.refer_field(case, field, need);
    }
    fields.into_iter().map(Placed::into_value).collect()
}

fn known_states(draft: &mut Draft, definition: &Definition, states: Vec<Placed<String>>) -> Vec<String> {
    for state in states.iter().filter(|state| definition.state(state).is_none()) {
        let known = definition.states.iter().map(|state| state.key.as_str());
        draft.problems.push(unknown("状态", state, known));
    }
    states.into_iter().map(Placed::into_value).collect()
}

fn transition(draft: &mut Draft, definition: &Definition, table: &Table<'_>) -> Transition {
    let scope = Scope::Case(definition.key.clone());
    let from = known_states(draft, definition, table.placed_texts("from").or(Vec::new()));
    let to = known_states(draft, definition, table.text("to").placed().into_iter().collect());
    let decide = table.text("decide").placed();
    let document = table.text("document").placed();
    draft.refer(Wanted::Table, decide.as_ref());
    draft.refer(Wanted::Document, document.as_ref());
    Transition {
        verb: table.text("verb").required_or(String::new()),
        title: table.text("title").required_or(String::new()),
        from,
        to: to.into_iter().next(),
        ask: asks(draft, &definition.key, table),
        who: draft.expression(table, "who", None, (&scope, Outcome::Truth)),
        checks: checks(draft, &definition.key, table),
        set: draft.pairs(table, &definition.key, &scope),
        decide: decide.map(Placed::into_value),
        document: document.map(Placed::into_value),
        offered: table.boolean("offered").or(true),
    }
}

fn asks(draft: &mut Draft, case: &str, table: &Table<'_>) -> Vec<Ask> {
    let scope = Scope::Case(case.to_owned());
    let (mut asks, mut fields) = (Vec::new(), Vec::new());
    for inner in table.tables("ask") {
        let Some(field) = inner.text("field").required_placed() else {
            inner.ignore_rest();
            continue;
        };
        draft.refer_field(case, &field, Need::Field);
        let need = draft.expression(&inner, "need", Some("false"), (&scope, Outcome::Truth));
        asks.push(Ask { field: field.value.clone(), need });
        fields.push(field);
    }
    table.unique(&fields);
    asks
}

fn checks(draft: &mut Draft, case: &str, table: &Table<'_>) -> Vec<Check> {
    let scope = Scope::Case(case.to_owned());
    let mut checks = Vec::new();
    for inner in table.tables("check") {
        let field = inner.text("field").placed();
        if let Some(field) = &field {
            draft.refer_field(case, field, Need::Field);
        }
        let that = draft.expression(&inner, "that", None, (&scope, Outcome::Truth));
        let message = inner.text("message").required_or(String::new());
        checks.push(Check { that, message, field: field.map(Placed::into_value) });
    }
    checks
}

fn deadline(draft: &mut Draft, definition: &Definition, table: &Table<'_>) -> Deadline {
    let states = known_states(draft, definition, table.placed_texts("states").required_or(Vec::new()));
    let due = table.text("due").required_placed();
    if let Some(due) = &due {
        draft.refer_field(&definition.key, due, Need::Date);
    }
    let remind = table.placed_texts("remind").or(Vec::new());
    for offset in &remind {
        if let Err(error) = offset.parse::<Offset>() {
            draft.refuse("remind", &offset.value, &error.to_string(), &offset.place);
        }
    }
    Deadline {
        key: table.text("key").required_or(String::new()),
        title: table.text("title").required_or(String::new()),
        states,
        due: due.map(Placed::into_value).unwrap_or_default(),
        remind: remind.into_iter().map(Placed::into_value).collect(),
        escalate: table.boolean("escalate").or(false),
    }
}
