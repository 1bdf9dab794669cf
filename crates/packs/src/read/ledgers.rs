//! Ledgers against the case that they lead to: steps that follow one another, answers that are asked for, options that exist.

use super::draft::{Draft, refusal};
use crate::{Ledger, LedgerColumn, LedgerKind};
use std::collections::BTreeSet;
use yanpan_kernel::{
    case::Definition,
    form::{FieldKind, Form},
    problem::Problem,
};
use yanpan_rules::nearest;

/// Everything wrong with the ledgers of the pack.
pub fn check(draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    for ledger in draft.pack.ledgers.values() {
        problems.extend(words(draft, ledger));
        let Some(case) = draft.pack.cases.get(&ledger.case) else { continue };
        let Some(form) = draft.pack.forms.get(&case.form) else { continue };
        problems.extend(steps(draft, ledger, case));
        for column in &ledger.columns {
            problems.extend(options(draft, ledger, column, form));
        }
    }
    problems
}

/// Columns that the head of the ledger names: they exist, and the unit's is one of units.
fn words(draft: &Draft, ledger: &Ledger) -> Vec<Problem> {
    let place = draft.place(&format!("ledger.{}", ledger.key));
    let mut problems = Vec::new();
    for key in ledger.number.iter().chain([&ledger.unit]).chain(&ledger.identity) {
        if !ledger.columns.iter().any(|column| column.key == *key) {
            let near = nearest(key, ledger.columns.iter().map(|column| column.key.as_str()));
            let meant = near.map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default();
            problems.push(refusal("ledger", key, &format!("没有这一列{meant}"), &place));
        }
    }
    let unit = ledger.columns.iter().find(|column| column.key == ledger.unit);
    if unit.is_some_and(|column| column.kind != Some(LedgerKind::Unit)) {
        problems.push(refusal("unit", &ledger.unit, "单位列须写 kind = \"unit\"", &place));
    }
    let mut titles = BTreeSet::new();
    for column in &ledger.columns {
        for title in std::iter::once(&column.title).chain(&column.synonyms) {
            if !titles.insert(title) {
                let place = draft.place(&format!("ledger.{}.column.{}", ledger.key, column.key));
                problems.push(refusal("synonyms", title, "这个表头已属于另一列或写了两次", &place));
            }
        }
    }
    problems
}

fn steps(draft: &Draft, ledger: &Ledger, case: &Definition) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut standing: BTreeSet<Option<&str>> = BTreeSet::from([None]);
    for (index, step) in ledger.steps.iter().enumerate() {
        let place = draft.place(&format!("ledger.{}.step.{index}", ledger.key));
        let named: Vec<_> = case.transitions.iter().filter(|act| act.verb == step.verb).collect();
        if named.is_empty() {
            let near = nearest(&step.verb, case.transitions.iter().map(|act| act.verb.as_str()));
            let meant = near.map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default();
            problems.push(refusal("verb", &step.verb, &format!("事项没有这个动作{meant}"), &place));
            continue;
        }
        let act = named.iter().find(|act| standing.iter().any(|state| act.leaves(*state)));
        let Some(act) = act else {
            standing.extend(named.iter().filter_map(|act| act.to.as_deref()).map(Some));
            problems.push(refusal("verb", &step.verb, "前面各步之后，事项不会处在能做这个动作的状态", &place));
            continue;
        };
        if index == 0 {
            standing.clear();
        }
        standing.extend(act.to.as_deref().map(Some));
        for (field, _) in step.set.iter().filter(|(field, _)| !act.ask.iter().any(|ask| ask.field == *field)) {
            let reason = format!("动作「{}」不问这个字段", act.title);
            problems.push(refusal("set", field, &reason, &place));
        }
    }
    if ledger.steps.is_empty() {
        let place = draft.place(&format!("ledger.{}", ledger.key));
        problems.push(refusal("step", &ledger.key, "台账没有一步", &place));
    }
    problems
}

fn options(draft: &Draft, ledger: &Ledger, column: &LedgerColumn, form: &Form) -> Vec<Problem> {
    let place = draft.place(&format!("ledger.{}.column.{}", ledger.key, column.key));
    let mut problems = Vec::new();
    let field = form.field(&column.key).filter(|_| column.kind.is_none());
    if let Some(FieldKind::Choice { options }) = field.map(|field| &field.kind) {
        for (value, _) in column.options.iter().filter(|(value, _)| !options.contains(value)) {
            let near = nearest(value, options.iter().map(String::as_str));
            let meant = near
                .map_or_else(|| format!("，可用：{}", options.join("、")), |near| format!("，是不是想写「{near}」？"));
            problems.push(refusal("options", value, &format!("表单里没有这个选项{meant}"), &place));
        }
    } else if !column.options.is_empty() && column.kind != Some(LedgerKind::Choice) {
        problems.push(refusal("options", &column.key, "这一列不是选项", &place));
    }
    if column.kind == Some(LedgerKind::Choice) && column.options.is_empty() {
        problems.push(refusal("options", &column.key, "选项列须写 options", &place));
    }
    let mut words = BTreeSet::new();
    for word in column.options.iter().flat_map(|(value, synonyms)| std::iter::once(value).chain(synonyms)) {
        if !words.insert(word) {
            problems.push(refusal("options", word, "这个说法已属于另一个选项或写了两次", &place));
        }
    }
    problems
}
