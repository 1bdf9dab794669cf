//! Types of expressions: each is checked against the names of its place, and against what it must come to.

use super::draft::{Draft, Outcome, Pending, Scope};
use crate::{toml::PlacedExpression, vocabulary};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use yanpan_kernel::{
    form::Field,
    person::Role,
    problem::{PACK_EXPRESSION, Problem},
};
use yanpan_rules::{NoNames, Type, Vocabulary, nearest};

/// Everything in the expressions of the pack that its definitions do not allow.
pub fn check(draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut vocabularies: BTreeMap<&Scope, Option<Vocabulary>> = BTreeMap::new();
    for pending in &draft.pending {
        let known = vocabularies.entry(&pending.scope).or_insert_with(|| of(draft, &pending.scope));
        let Some(known) = known else { continue };
        problems.extend(one(draft, pending, known));
        problems.extend(roles(&pending.placed));
    }
    problems
}

/// The names of a scope; `None` when its own definition is broken, which is said elsewhere.
fn of(draft: &Draft, scope: &Scope) -> Option<Vocabulary> {
    let pack = &draft.pack;
    match scope {
        Scope::Unit => Some(vocabulary::of_unit()),
        Scope::Case(key) => {
            let case = pack.cases.get(key)?;
            Some(vocabulary::of_case(pack.forms.get(&case.form)?, case))
        }
        Scope::Row(key) => {
            let ledger = pack.ledgers.get(key)?;
            let case = pack.cases.get(&ledger.case)?;
            Some(vocabulary::of_row(ledger, pack.forms.get(&case.form)?))
        }
    }
}

fn one(draft: &Draft, pending: &Pending, known: &Vocabulary) -> Vec<Problem> {
    let field = match &pending.outcome {
        Outcome::Truth => return pending.placed.check_as(known, &Type::Bool),
        Outcome::Date => return pending.placed.check_as(known, &Type::Date),
        Outcome::Answer(case, field) => {
            let form = draft.pack.cases.get(case).and_then(|case| draft.pack.forms.get(&case.form));
            form.and_then(|form| form.field(field))
        }
    };
    let Some(field) = field else { return pending.placed.check_as(known, &Type::Any) };
    let problems = pending.placed.check_as(known, &vocabulary::answer_type(&field.kind));
    if problems.is_empty() { constant(&pending.placed, field).into_iter().collect() } else { problems }
}

/// A fixed value that the field would not take.
fn constant(placed: &PlacedExpression, field: &Field) -> Option<Problem> {
    let value = placed.expression.evaluate(&NoNames).ok()?;
    let problem = field.read(&value.to_json()).err()?;
    Some(said(placed, &field.key, &problem.message))
}

fn said(placed: &PlacedExpression, key: &str, reason: &str) -> Problem {
    Problem::new(&PACK_EXPRESSION, &[("key", &key), ("reason", &reason)]).at(placed.place())
}

/// Roles that nobody can hold.
pub fn roles(placed: &PlacedExpression) -> Vec<Problem> {
    let known = Role::ALL.map(Role::key);
    let named = literals(placed, "role").into_iter().filter(|role| !known.contains(&role.as_str()));
    let reason = |role: String| {
        let meant = nearest(&role, known).map(|near| format!("，是不是想写「{near}」？"));
        let meant = meant.unwrap_or_else(|| format!("，可用：{}", known.join("、")));
        said(placed, "role", &format!("没有角色「{role}」{meant}"))
    };
    named.map(reason).collect()
}

/// The texts that an expression calls a host function with.
pub fn literals(placed: &PlacedExpression, function: &str) -> Vec<String> {
    let mut found = Vec::new();
    if placed.expression.functions_used().contains(function) {
        collect(&placed.expression.to_tree(), function, &mut found);
    }
    found
}

fn collect(tree: &Json, function: &str, found: &mut Vec<String>) {
    match tree {
        Json::Object(members) => {
            if let Some(host) = members.get("host").filter(|host| host.get("function").is_some_and(|f| f == function)) {
                let first = host.get("arguments").and_then(|arguments| arguments.get(0));
                let literal = first.and_then(|first| first.get("literal")?.as_str());
                found.extend(literal.map(str::to_owned));
            }
            members.values().for_each(|inner| collect(inner, function, found));
        }
        Json::Array(items) => items.iter().for_each(|inner| collect(inner, function, found)),
        _ => {}
    }
}
