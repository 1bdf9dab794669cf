//! A page of the audit trail inside the caller's scope, newest first, with names.

use super::title::title;
use crate::{App, Caller, import::hex, ports::EntryQuery};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;
use yanpan_kernel::{id::Id, person::Role, problem::Problem, unit::Unit};

/// Who reads the audit trail of the units of their grants.
const READERS: [Role; 5] = [Role::Admin, Role::Authority, Role::Head, Role::SafetyOfficer, Role::Observer];

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only this unit and what is below it.
    pub unit: Option<Id<Unit>>,
    /// Kind, actor, verb, time, place and length of the page.
    pub query: EntryQuery,
}

/// A line of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Entry number.
    pub number: i64,
    /// Kind of the thing.
    pub kind: String,
    /// What was done.
    pub verb: String,
    /// The same in Chinese.
    pub title: String,
    /// Account of who did it.
    pub actor: String,
    /// Its name.
    pub actor_name: String,
    /// Name of the unit; nothing where it concerns none, or none that is open today.
    pub unit_name: Option<String>,
    /// The thing: the id of the case, unit or account.
    pub subject: String,
    /// Business date.
    pub happened_on: Date,
    /// Server receipt, in Unix milliseconds.
    pub recorded_at: i64,
    /// Hash of the entry, hexadecimal.
    pub hash: String,
}

/// A page, and the number before which the next one goes on.
///
/// # Errors
/// `FORBIDDEN` for a caller without such a role, `OUT_OF_SCOPE`, `STORE_UNAVAILABLE`.
pub async fn list(app: &App, caller: &Caller, asked: &Asked) -> Result<(Vec<Line>, Option<i64>), Problem> {
    caller.grant_of(&READERS)?;
    let mut scope = caller.scope_as(&READERS);
    if let Some(unit) = asked.unit {
        scope = scope.narrow(&caller.scope_under(unit)?);
    }
    let reading = app.store.read().await?;
    let entries = reading.entry_page(&asked.query, &scope).await?;
    let full = u32::try_from(entries.len()).is_ok_and(|count| count == asked.query.limit);
    let next = entries.last().filter(|_| full).map(|entry| entry.number);
    let actors: Vec<_> = entries.iter().map(|entry| entry.statement.actor).collect();
    let names: HashMap<_, _> = reading.account_names(&actors).await?.into_iter().collect();
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        let said = &entry.statement;
        let unit = said.unit.and_then(|unit| caller.tree.get(unit));
        lines.push(Line {
            number: entry.number,
            kind: said.kind.clone(),
            verb: said.verb.clone(),
            title: title(app, said),
            actor: said.actor.to_string(),
            actor_name: names.get(&said.actor).cloned().unwrap_or_default(),
            unit_name: unit.map(|version| version.name.clone()),
            subject: said.chain.to_string(),
            happened_on: said.happened_on,
            recorded_at: entry.recorded_at,
            hash: hex(&entry.hash),
        });
    }
    Ok((lines, next))
}
