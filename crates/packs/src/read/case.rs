//! `[case.KEY]`: states, transitions, deadlines.

use super::draft::{Draft, Wanted};
use crate::toml::{Item, Placed, Table};
use yanpan_kernel::{
    calendar::Offset,
    case::{Ask, Check, Deadline, Definition, MOST_SLOTS, Stage, State, Transition},
    problem::PACK_VALUE,
};

/// Reads a kind of case.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    let case = key.value.as_str();
    if !case.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        let reason = "只用小写字母、数字和下划线(它也是查询里的表名)";
        table.problem(&PACK_VALUE, &[("key", &"case"), ("value", &case), ("reason", &reason)]);
    }
    let form = table.text("form").required_placed();
    draft.refer(Wanted::Form, form.as_ref());
    let states = table.list("states", state).required_or(Vec::new());
    let mut definition = Definition {
        key: case.to_owned(),
        title: table.text("title").required_or(String::new()),
        form: form.map(Placed::into_value).unwrap_or_default(),
        number: table.text("number").required_or(String::new()),
        states,
        transitions: Vec::new(),
        deadlines: Vec::new(),
        slots: fields(draft, case, table, "slots"),
        balance: fields(draft, case, table, "balance"),
        summary: table.text("summary").required_or(String::new()),
    };
    draft.refer_field(case, &definition.summary, table.place());
    if definition.slots.len() > MOST_SLOTS {
        let reason = format!("至多{MOST_SLOTS}个");
        table.problem(&PACK_VALUE, &[("key", &"slots"), ("value", &definition.slots.len()), ("reason", &reason)]);
    }
    for inner in table.tables("transition") {
        let transition = transition(draft, &definition, &inner);
        definition.transitions.push(transition);
    }
    for inner in table.tables("deadline") {
        let deadline = deadline(draft, &definition, &inner);
        definition.deadlines.push(deadline);
    }
    draft.pack.cases.insert(case.to_owned(), definition);
}

fn state(item: &Item<'_>) -> Option<State> {
    let table = item.table()?;
    let stages = [("open", Stage::Open), ("closed", Stage::Closed), ("withdrawn", Stage::Withdrawn)];
    Some(State {
        key: table.text("key").required()?,
        title: table.text("title").required()?,
        stage: table.choice("stage", &stages).required()?,
    })
}

fn fields(draft: &mut Draft, case: &str, table: &Table<'_>, key: &str) -> Vec<String> {
    let fields = table.texts(key).or(Vec::new());
    for field in &fields {
        draft.refer_field(case, field, table.place());
    }
    fields
}

fn known_states(definition: &Definition, table: &Table<'_>, key: &str, states: &[String]) {
    for state in states.iter().filter(|state| definition.state(state).is_none()) {
        let known: Vec<&str> = definition.states.iter().map(|state| state.key.as_str()).collect();
        let reason = format!("没有这个状态,可用:{}", known.join("、"));
        table.problem(&PACK_VALUE, &[("key", &key), ("value", state), ("reason", &reason)]);
    }
}

fn transition(draft: &mut Draft, definition: &Definition, table: &Table<'_>) -> Transition {
    let from = table.texts("from").or(Vec::new());
    let to = table.text("to").optional();
    known_states(definition, table, "from", &from);
    known_states(definition, table, "to", to.as_slice());
    let decide = table.text("decide").placed();
    let document = table.text("document").placed();
    draft.refer(Wanted::Table, decide.as_ref());
    draft.refer(Wanted::Document, document.as_ref());
    let set = draft.pairs(table, "set");
    for (field, _) in &set {
        draft.refer_field(&definition.key, field, table.place());
    }
    Transition {
        verb: table.text("verb").required_or(String::new()),
        title: table.text("title").required_or(String::new()),
        from,
        to,
        ask: asks(draft, definition, table),
        who: draft.expression(table, "who", None),
        checks: checks(draft, definition, table),
        set,
        decide: decide.map(Placed::into_value),
        document: document.map(Placed::into_value),
        offered: table.boolean("offered").or(true),
    }
}

fn asks(draft: &mut Draft, definition: &Definition, table: &Table<'_>) -> Vec<Ask> {
    let mut asks = Vec::new();
    for inner in table.tables("ask") {
        let Some(field) = inner.text("field").required() else { continue };
        draft.refer_field(&definition.key, &field, inner.place());
        asks.push(Ask { field, need: draft.expression(&inner, "need", Some("false")) });
    }
    asks
}

fn checks(draft: &mut Draft, definition: &Definition, table: &Table<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for inner in table.tables("check") {
        let field = inner.text("field").optional();
        if let Some(field) = &field {
            draft.refer_field(&definition.key, field, inner.place());
        }
        let that = draft.expression(&inner, "that", None);
        checks.push(Check { that, message: inner.text("message").required_or(String::new()), field });
    }
    checks
}

fn deadline(draft: &mut Draft, definition: &Definition, table: &Table<'_>) -> Deadline {
    let states = table.texts("states").required_or(Vec::new());
    known_states(definition, table, "states", &states);
    let due = table.text("due").required_or(String::new());
    draft.refer_field(&definition.key, &due, table.place());
    let remind = table.texts("remind").or(Vec::new());
    for offset in remind.iter().filter(|offset| offset.parse::<Offset>().is_err()) {
        let reason = "写作 -3wd(工作日)、+7d(自然日)";
        table.problem(&PACK_VALUE, &[("key", &"remind"), ("value", offset), ("reason", &reason)]);
    }
    Deadline {
        key: table.text("key").required_or(String::new()),
        title: table.text("title").required_or(String::new()),
        states,
        due,
        remind,
        escalate: table.boolean("escalate").or(false),
    }
}
