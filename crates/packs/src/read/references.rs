//! References between definitions: every word that should name something does, and what it names is of the right kind.

use super::draft::{Draft, FieldReference, Need, Told, Wanted, refusal, unknown};
use crate::{CASE_COLUMNS, toml::Placed};
use yanpan_kernel::{
    form::{Field, FieldKind},
    problem::Problem,
};

/// Every reference that names nothing, or the wrong kind of thing.
pub fn check(draft: &Draft) -> Vec<Problem> {
    let pack = &draft.pack;
    let mut problems = Vec::new();
    for reference in &draft.references {
        let (what, known): (&str, Vec<&str>) = match reference.wanted {
            Wanted::Form => ("表单", pack.forms.keys().map(String::as_str).collect()),
            Wanted::Case => ("事项", pack.cases.keys().map(String::as_str).collect()),
            Wanted::Table => ("判定表", pack.tables.keys().map(String::as_str).collect()),
            Wanted::Document => ("文书", pack.documents.keys().map(String::as_str).collect()),
            Wanted::Round => ("任务", pack.rounds.keys().map(String::as_str).collect()),
        };
        if !known.contains(&reference.key.value.as_str()) {
            problems.push(unknown(what, &reference.key, known.iter().copied()));
        }
    }
    problems.extend(draft.fields.iter().filter_map(|reference| field(draft, reference)));
    problems.extend(draft.told.iter().filter_map(|told| self::told(draft, told)));
    problems.extend(draft.views.iter().flat_map(|view| self::view(draft, view)));
    problems.extend(draft.verbs.iter().filter_map(|(case, verb)| opening(draft, case, verb)));
    problems.extend(draft.tested.iter().filter_map(|(case, column)| tested(draft, case, column)));
    problems
}

/// An act that does not open a case of this kind.
fn opening(draft: &Draft, case: &str, verb: &Placed<String>) -> Option<Problem> {
    let acts = &draft.pack.cases.get(case)?.transitions;
    let known = acts.iter().filter(|act| act.from.is_empty()).map(|act| act.verb.as_str());
    (!known.clone().any(|known| known == verb.value)).then(|| unknown("登记动作", verb, known))
}

/// A column by which the store can neither filter nor sort.
fn tested(draft: &Draft, case: &str, column: &Placed<String>) -> Option<Problem> {
    let slots = &draft.pack.cases.get(case)?.slots;
    let known = CASE_COLUMNS.iter().copied().chain(slots.iter().map(String::as_str));
    (!slots.contains(&column.value)).then(|| unknown("筛选列", column, known))
}

fn field(draft: &Draft, reference: &FieldReference) -> Option<Problem> {
    let case = draft.pack.cases.get(&reference.case)?;
    let form = draft.pack.forms.get(&case.form)?;
    let Some(field) = form.field(&reference.field.value) else {
        return Some(unknown("字段", &reference.field, form.fields.iter().map(|field| field.key.as_str())));
    };
    let reason = misfit(field, reference.need)?;
    Some(refusal("字段", &reference.field.value, reason, &reference.field.place))
}

fn misfit(field: &Field, need: Need) -> Option<&'static str> {
    let shown = matches!(field.kind, FieldKind::Text { .. } | FieldKind::Choice { .. });
    match need {
        Need::Date if field.kind != FieldKind::Date => Some("应为日期字段"),
        Need::Shown if !shown => Some("应为文字或选项字段"),
        Need::Shown | Need::Slot if field.is_personal() => Some("个人信息不能用于清单和统计"),
        Need::Slot if matches!(field.kind, FieldKind::Files { .. }) => Some("附件不能用于筛选"),
        _ => None,
    }
}

/// A verb or state that the case kind has not.
fn told(draft: &Draft, told: &Told) -> Option<Problem> {
    let case = draft.pack.cases.get(&told.kind)?;
    let (what, known): (&str, Vec<&str>) = match told.state {
        true => ("状态", case.states.iter().map(|state| state.key.as_str()).collect()),
        false => ("动作", case.transitions.iter().map(|act| act.verb.as_str()).collect()),
    };
    (!known.contains(&told.word.value.as_str())).then(|| unknown(what, &told.word, known.iter().copied()))
}

/// A view that no case, round or unit table has.
fn view(draft: &Draft, view: &Placed<String>) -> Option<Problem> {
    let pack = &draft.pack;
    let mut known = vec!["units".to_owned()];
    for key in pack.cases.keys().chain(pack.rounds.keys()) {
        known.extend([key.clone(), format!("{key}_entries")]);
    }
    let found = known.contains(&view.value);
    (!found).then(|| unknown("数据视图", view, known.iter().map(String::as_str)))
}
