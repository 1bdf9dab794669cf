//! `tests/*.scenario.toml`: a title, a beginning, a cast, and steps.

use super::draft::{Draft, Outcome, Scope, Told, Wanted, refusal, unknown};
use crate::{
    Post, Scenario, ScenarioStep, UNITS,
    toml::{Placed, Table},
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use yanpan_kernel::{person::Role, problem::PACK_VALUE};

/// Cases of a story so far, by name: kind and unit.
type Opened = BTreeMap<String, (String, String)>;

/// Reads a scenario.
pub fn read(draft: &mut Draft, file: &str, root: &Table<'_>) {
    let title = root.text("title").required_or(String::new());
    let begins = root.date("begins").required_or(Date::constant(2026, 1, 1));
    let mut cast = BTreeMap::new();
    if let Some(table) = root.table("cast").required() {
        for (name, item) in table.items() {
            let posts = if item.is_text() {
                item.placed_text().map(|post| vec![post])
            } else {
                item.list(|post| post.placed_text())
            };
            let posts = posts.unwrap_or_default().iter().filter_map(|text| post(draft, text)).collect();
            cast.insert(name.value, posts);
        }
    }
    let mut opened = Opened::new();
    let mut scenario = Scenario { file: file.to_owned(), title, begins, cast, steps: Vec::new() };
    for inner in root.tables("step") {
        if let Some(step) = step(draft, &scenario, &mut opened, &inner) {
            scenario.steps.push(step);
        }
    }
    if scenario.steps.is_empty() {
        root.problem(&PACK_VALUE, &[("key", &"step"), ("value", &""), ("reason", &"至少一步")]);
    }
    draft.pack.scenarios.push(scenario);
}

/// `safety-officer@school`.
fn post(draft: &mut Draft, text: &Placed<String>) -> Option<Post> {
    let (role, unit) = text.split_once('@').unwrap_or((text, ""));
    let known = UNITS.map(|unit| unit.key);
    let found = Role::parse(role).filter(|_| known.contains(&unit));
    if found.is_none() {
        let roles = Role::ALL.map(Role::key).join("、");
        let reason = format!("写作 角色@单位；角色：{roles}；单位：{}", known.join("、"));
        draft.refuse("cast", &text.value, &reason, &text.place);
    }
    Some(Post { role: found?, unit: unit.to_owned() })
}

fn step(draft: &mut Draft, story: &Scenario, opened: &mut Opened, table: &Table<'_>) -> Option<ScenarioStep> {
    let place = table.place();
    let case = table.text("case").required();
    let (kind, unit) = (table.text("kind").placed(), table.text("unit").placed());
    let day = table.integer_in("day", 0..=3660).required_or(0);
    let Some(case) = case else {
        table.ignore_rest();
        return None;
    };
    if let Some(kind) = &kind {
        draft.refer(Wanted::Case, Some(kind));
        let unit = unit.map_or_else(|| "school".to_owned(), |unit| self::unit(draft, unit));
        opened.insert(case.clone(), (kind.value.clone(), unit));
    } else if let Some(unit) = unit {
        draft.problems.push(refusal("unit", &unit.value, "只在登记的那一步写", &unit.place));
    }
    let Some((kind, unit)) = opened.get(&case).cloned() else {
        draft.problems.push(refusal("case", &case, "前面没有登记它；登记的那一步要写 kind 和 unit", &place));
        table.ignore_rest();
        return None;
    };
    if story.steps.last().is_some_and(|last| i64::from(last.day) > day) {
        draft.problems.push(refusal("day", &day.to_string(), "早于上一步", &place));
    }
    let verb = table.text("verb").placed();
    let state = table.text("state").placed();
    for (word, state) in [(&verb, false), (&state, true)] {
        draft.told.extend(word.iter().map(|word| Told { kind: kind.clone(), word: word.clone(), state }));
    }
    let document = table.text("document").placed();
    draft.refer(Wanted::Document, document.as_ref());
    let answers = table.values("answers").or(BTreeMap::new());
    let people = |key| table.placed_texts(key).or(Vec::new());
    Some(ScenarioStep {
        line: place.line.unwrap_or_default(),
        day: i32::try_from(day).unwrap_or_default(),
        who: known(draft, story, table.text("who").placed().into_iter().collect()).pop(),
        verb: verb.map(Placed::into_value),
        answers: answers.iter().map(|(key, value)| (key.clone(), value.to_json())).collect(),
        imported: table.boolean("imported").or(false),
        state: state.map(Placed::into_value),
        refused: table.texts("refused").or(Vec::new()),
        expect: expectations(draft, &kind, table),
        document: document.map(Placed::into_value),
        overdue: table.boolean("overdue").optional(),
        told: told(draft, story, table),
        untold: known(draft, story, people("untold")),
        seen_by: known(draft, story, people("seen_by")),
        hidden_from: known(draft, story, people("hidden_from")),
        case,
        kind,
        unit,
    })
}

fn unit(draft: &mut Draft, unit: Placed<String>) -> String {
    let known = UNITS.map(|unit| unit.key);
    if !known.contains(&unit.value.as_str()) {
        draft.problems.push(unknown("单位", &unit, known));
    }
    unit.into_value()
}

/// People of the cast.
fn known(draft: &mut Draft, story: &Scenario, names: Vec<Placed<String>>) -> Vec<String> {
    for name in names.iter().filter(|name| !story.cast.contains_key(&name.value)) {
        draft.problems.push(unknown("人物", name, story.cast.keys().map(String::as_str)));
    }
    names.into_iter().map(Placed::into_value).collect()
}

fn told(draft: &mut Draft, story: &Scenario, table: &Table<'_>) -> BTreeMap<String, String> {
    let Some(inner) = table.table("told").optional() else { return BTreeMap::new() };
    let mut told = BTreeMap::new();
    for (name, item) in inner.items() {
        if let Some(what) = item.text() {
            told.insert(name.value.clone(), what);
            known(draft, story, vec![name]);
        }
    }
    told
}

fn expectations(draft: &mut Draft, kind: &str, table: &Table<'_>) -> Vec<String> {
    let scope = Scope::Case(kind.to_owned());
    let read = table.list("expect", |item| item.expression()).or(Vec::new());
    read.into_iter().map(|placed| draft.keep(placed, &scope, Outcome::Truth)).collect()
}
