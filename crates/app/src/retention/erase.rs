//! The daily job: one case after another, each whole in one act with the entry that tells of it.

use super::{
    due::overdue,
    remainder::{remainder, remainder_hash},
    rule::{Rule, fields, rules},
};
use crate::{
    App,
    case::row,
    ports::{CaseRow, Writing},
    record::record,
    write,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use yanpan_kernel::{
    calendar::wording,
    case::{Body, Case},
    entry::Statement,
    form::{Answers, FileRef, Form},
    id::Id,
    person::Account,
    problem::Problem,
    unit::Scope,
};

/// Kind of the chain on which erasures are told.
pub const RETENTION: &str = "retention";
/// Verb of an erasure.
pub const ERASE: &str = "erase";
/// Setting that holds the day of the last whole run.
const LAST_DAY: &str = "retained-on";
/// Cases read at a time.
const PAGE: u32 = 200;

/// Body of the entry that tells of an erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The case.
    pub case: Id<Case>,
    /// Rule and date in words.
    pub rule: String,
    /// Fields that held something.
    pub fields: BTreeSet<String>,
    /// Hash of what was left of each entry's body, by entry number.
    pub entries: BTreeMap<i64, String>,
}

/// Goes through what is due, once a day. Returns in how many cases something was erased.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn retain(app: &Arc<App>, operator: Id<Account>) -> Result<usize, Problem> {
    let today = app.environment.today().to_string();
    if app.store.read().await?.setting(LAST_DAY).await?.as_ref() == Some(&today) {
        return Ok(0);
    }
    let mut erased = 0;
    for rule in rules(app) {
        let Some(overdue) = overdue(app, &rule) else { continue };
        loop {
            let page = app.store.read().await?.to_erase(&overdue, PAGE).await?;
            for case in &page {
                erased += usize::from(one(app, operator, case.case.id, &rule).await?);
            }
            if page.is_empty() {
                break;
            }
        }
    }
    write(app, move |writing| Box::pin(async move { writing.put_setting(LAST_DAY, &today).await })).await?;
    Ok(erased)
}

/// Goes through one case; whether something was erased in it.
async fn one(app: &Arc<App>, operator: Id<Account>, id: Id<Case>, rule: &Rule) -> Result<bool, Problem> {
    let (app_in, days) = (app.clone(), rule.days);
    write(app, move |writing| {
        Box::pin(async move {
            // What it is by now: somebody may have opened it again.
            let Some(found) = writing.case(id, &Scope::Everything).await? else { return Ok(false) };
            let entry = found.entry;
            let ended = found.case.closed_on.is_some();
            let fields = fields(&app_in, &found.case, days).filter(|(_, fields)| ended && !fields.is_empty());
            let erased = match fields {
                Some((form, fields)) => erase(&app_in, writing, (found, operator), (form, &fields)).await?,
                None => false,
            };
            writing.put_erasure(id, days, entry).await?;
            Ok(erased)
        })
    })
    .await
}

async fn erase(
    app: &App,
    writing: &dyn Writing,
    (found, operator): (CaseRow, Id<Account>),
    (form, fields): (&Form, &BTreeSet<String>),
) -> Result<bool, Problem> {
    let mut told = Told {
        case: found.case.id,
        rule: in_words(app, &found.case, form, fields),
        fields: BTreeSet::new(),
        entries: BTreeMap::new(),
    };
    for entry in writing.chain(found.case.id.cast()).await? {
        let body: Option<Body> = entry.body().and_then(|body| serde_json::from_str(body).ok());
        let Some((left, held)) = body.and_then(|body| remainder(&body, fields)) else { continue };
        let left = serde_json::to_string(&left).unwrap_or_default();
        writing.erase(entry.entry.number, &told.rule, &left).await?;
        told.entries.insert(entry.entry.number, remainder_hash(&left));
        told.fields.extend(held);
    }
    if told.entries.is_empty() {
        return Ok(false);
    }
    let statement = Statement {
        chain: app.environment.id(),
        kind: RETENTION.to_owned(),
        verb: ERASE.to_owned(),
        unit: Some(found.case.unit),
        actor: operator,
        grant: None,
        happened_on: app.environment.today(),
        from: None,
        to: None,
    };
    let body = serde_json::to_string(&told).unwrap_or_default();
    record(writing, &app.environment, vec![(statement, body)]).await?;
    let before = files(&found.case.answers);
    let mut case = found.case;
    case.answers.retain(|key, _| !fields.contains(key));
    let kept = files(&case.answers);
    for hash in before.difference(&kept) {
        writing.detach(case.id, hash).await?;
    }
    let row = app.packs.case(&case.kind, &case.version).map(|(_, definition)| row(definition, &case, found.entry));
    writing.put_cases(row.as_slice()).await?;
    Ok(true)
}

/// 「按 … 1.0.0「隐患」办结365天后清除「责任人电话」的规定,于2026年10月8日清除」.
fn in_words(app: &App, case: &Case, form: &Form, fields: &BTreeSet<String>) -> String {
    let pack = app
        .packs
        .case(&case.kind, &case.version)
        .map(|(pack, definition)| format!("{} {}「{}」", pack.key, pack.version, definition.title));
    let declared = |key: &String| Some((form.field(key)?, form.field(key)?.personal.as_ref()?.retention_days));
    let fields: Vec<String> =
        fields.iter().filter_map(declared).map(|(field, days)| format!("{}{days}天", field.title)).collect();
    let today = wording::full(app.environment.today());
    format!("按{}办结后的保存期({}),于{today}清除", pack.unwrap_or_default(), fields.join("、"))
}

fn files(answers: &Answers) -> BTreeSet<String> {
    let lists = answers.values().filter_map(|value| serde_json::from_value::<Vec<FileRef>>(value.clone()).ok());
    lists.flatten().map(|file| file.hash).collect()
}
