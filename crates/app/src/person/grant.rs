//! Granting, ending a grant, and handing one person's grants over to another.

use super::{account::administers, statement};
use crate::{App, Caller, record::record, write};
use jiff::civil::Date;
use serde_json::json;
use yanpan_kernel::{
    calendar::days,
    id::Id,
    person::{Account, Grant, Role},
    problem::{NOT_FOUND, PEOPLE_INVALID, Problem},
    unit::Unit,
};

/// Gives an account a role over a unit from a day on.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `OUT_OF_SCOPE`.
pub async fn add_grant(
    app: &App,
    caller: &Caller,
    account: Id<Account>,
    (role, unit, from): (Role, Id<Unit>, Date),
) -> Result<Grant, Problem> {
    let by = caller.grant_over(unit, &[Role::Admin])?.id;
    let found = app.store.read().await?.account(account).await?;
    found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"账号")]))?;
    let grant = Grant { id: app.environment.id(), account, role, unit, valid_from: from, valid_to: None };
    keep(app, caller, by, vec![("grant", grant.clone())]).await?;
    Ok(grant)
}

/// Ends a grant after its last day.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `OUT_OF_SCOPE`; `PEOPLE_INVALID` for the caller's own last 平台管理员 grant.
pub async fn end_grant(app: &App, caller: &Caller, id: Id<Grant>, last_day: Date) -> Result<(), Problem> {
    let grants = app.store.read().await?.all_grants().await?;
    let found = grants.into_iter().find(|grant| grant.id == id);
    let mut grant = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"授权")]))?;
    let by = caller.grant_over(grant.unit, &[Role::Admin])?.id;
    if by == id && caller.grants.iter().filter(|grant| grant.role == Role::Admin).count() == 1 {
        return Err(Problem::new(&PEOPLE_INVALID, &[("reason", &"不能收回自己唯一的平台管理员授权")]));
    }
    grant.valid_to = Some(last_day);
    keep(app, caller, by, vec![("end_grant", grant)]).await
}

/// Hands all grants that hold on a day over to another account: they end the day before and begin anew for it.
/// Returns how many.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `OUT_OF_SCOPE`; `PEOPLE_INVALID` when there is nothing to hand over.
pub async fn hand_over(
    app: &App,
    caller: &Caller,
    (from, to): (Id<Account>, Id<Account>),
    on: Date,
) -> Result<usize, Problem> {
    let reading = app.store.read().await?;
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"账号")]);
    reading.account(to).await?.filter(|account| account.enabled).ok_or_else(missing)?;
    let held: Vec<Grant> = reading.grants(from).await?.into_iter().filter(|grant| grant.holds(on)).collect();
    drop(reading);
    let by = administers(caller, &held)?;
    if held.is_empty() || from == to {
        return Err(Problem::new(&PEOPLE_INVALID, &[("reason", &"没有可交接的授权")]));
    }
    let count = held.len();
    let changed = held.into_iter().flat_map(|grant| {
        let begun = Grant { id: app.environment.id(), account: to, valid_from: on, valid_to: grant.valid_to, ..grant };
        let ended = Grant { valid_to: days::after(on, -1), ..grant };
        [("end_grant", ended), ("grant", begun)]
    });
    keep(app, caller, by, changed.collect()).await?;
    Ok(count)
}

async fn keep(app: &App, caller: &Caller, by: Id<Grant>, changed: Vec<(&'static str, Grant)>) -> Result<(), Problem> {
    let told = changed.iter().map(|(verb, grant)| {
        let mut told = statement(app, caller, (grant.account, by), verb);
        told.unit = Some(grant.unit);
        (told, json!({ "role": grant.role.key(), "unit": grant.unit, "from": grant.valid_from, "to": grant.valid_to }))
    });
    let told = told.map(|(told, body)| (told, body.to_string())).collect();
    let (environment, grants) =
        (app.environment.clone(), changed.into_iter().map(|(_, grant)| grant).collect::<Vec<_>>());
    write(app, move |writing| {
        Box::pin(async move {
            record(writing, &environment, told).await?;
            writing.put_grants(&grants).await
        })
    })
    .await
}
