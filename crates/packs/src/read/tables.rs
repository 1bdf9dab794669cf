//! Decision tables as a whole: conditions by type, outcomes by the fields that they set, reach and defaults of rows.

use super::{
    draft::{Draft, TablePlaces, refusal},
    expressions,
};
use crate::{COLOURS, vocabulary};
use yanpan_kernel::{case::Definition, form::Form, problem::Problem};
use yanpan_rules::{DecisionTable, HitPolicy, Value, Vocabulary, nearest};

/// Everything wrong with the tables of the pack.
pub fn check(draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, table) in &draft.pack.tables {
        let Some(places) = draft.tables.get(key) else { continue };
        let deciding: Vec<&Definition> = draft
            .pack
            .cases
            .values()
            .filter(|case| case.transitions.iter().any(|act| act.decide.as_ref() == Some(key)))
            .collect();
        for case in &deciding {
            let Some(form) = draft.pack.forms.get(&case.form) else { continue };
            problems.extend(whole(table, places, &vocabulary::of_case(form, case)));
            problems.extend(outcomes(table, places, form));
        }
        if deciding.is_empty() {
            problems.extend(whole(table, places, &vocabulary::of_figures()));
        }
        for placed in places.rows.iter().filter_map(|(_, placed)| placed.as_ref()) {
            problems.extend(expressions::roles(placed));
            problems.extend(measures(draft, placed));
        }
        if draft.pack.colours.as_ref() == Some(key) {
            problems.extend(colours(draft, table, places));
        }
    }
    problems
}

/// The table of the four colours: one answer, a colour and its reason in each row, and nothing that counts persons, since
/// a school's colour is seen by others.
fn colours(draft: &Draft, table: &DecisionTable, places: &TablePlaces) -> Vec<Problem> {
    let mut problems = Vec::new();
    if table.hit != HitPolicy::First {
        problems.push(refusal("policy", "collect", "四色只取一色，应为 first", &places.table));
    }
    for (row, (place, condition)) in table.rows.iter().zip(&places.rows) {
        let text = |name: &str| match row.then.get(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        };
        if !COLOURS.contains(&text("colour")) {
            problems.push(refusal("colour", text("colour"), "应为 红、橙、黄、蓝 之一", place));
        }
        if text("reason").is_empty() {
            problems.push(refusal("reason", "", "每一色都要写明理由", place));
        }
        let figure = text("figure");
        if !figure.is_empty() && !draft.pack.indicators.contains_key(figure) {
            problems.push(refusal("figure", figure, "没有这个指标", place));
        }
        let mut named = condition.iter().flat_map(|placed| expressions::literals(placed, "measure"));
        let persons = |key: &String| draft.pack.indicators.get(key).is_some_and(|indicator| indicator.persons);
        if let Some(key) = named.find(persons) {
            problems.push(refusal("measure", &key, "只数人的指标不能决定颜色：别人看得见颜色", place));
        }
    }
    problems
}

fn whole(table: &DecisionTable, places: &TablePlaces, known: &Vocabulary) -> Vec<Problem> {
    let mut problems = Vec::new();
    for fault in table.check(known) {
        let row = fault.row.and_then(|row| places.rows.get(row));
        match (row, fault.condition) {
            (Some((_, Some(placed))), Some(_)) => problems.push(placed.problem(&fault.fault)),
            (Some((place, _)), _) => problems.push(refusal("row", &fault.id, &fault.fault.message, place)),
            (None, _) if places.partial => {}
            (None, _) => {
                let reason = format!("{}；有意不判的，写 otherwise = \"undecided\"", fault.fault.message);
                problems.push(refusal("table", &table.key, &reason, &places.table));
            }
        }
    }
    problems
}

fn outcomes(table: &DecisionTable, places: &TablePlaces, form: &Form) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (row, (place, _)) in table.rows.iter().zip(&places.rows) {
        for (name, value) in &row.then {
            let reason = match form.field(name) {
                Some(field) => field.read(&value.to_json()).err().map(|problem| problem.message),
                None => {
                    let near = nearest(name, form.fields.iter().map(|field| field.key.as_str()));
                    let meant = near.map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default();
                    Some(format!("表单「{}」没有这个字段{meant}", form.key))
                }
            };
            problems.extend(reason.map(|reason| refusal("then", name, &reason, place)));
        }
    }
    problems
}

/// Measures that name no indicator.
fn measures(draft: &Draft, placed: &crate::toml::PlacedExpression) -> Vec<Problem> {
    let indicators = &draft.pack.indicators;
    let unknown = |key: &String| !indicators.contains_key(key) && !key.starts_with("balance.");
    let refuse = |key: String| {
        let near = nearest(&key, indicators.keys().map(String::as_str));
        let meant = near.map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default();
        refusal("measure", &key, &format!("没有这个指标{meant}"), &placed.place())
    };
    expressions::literals(placed, "measure").into_iter().filter(unknown).map(refuse).collect()
}
