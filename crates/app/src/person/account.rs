//! Switching an account off or on, and giving it a new one-time password.

use super::{hash_password, one_time_password, statement};
use crate::{App, Caller, record::record, write};
use yanpan_kernel::{
    id::Id,
    person::{Account, Role},
    problem::{NOT_FOUND, Problem},
};

/// Switches an account; `reset` gives it a one-time password, which is returned and never kept.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `OUT_OF_SCOPE` unless the caller is 平台管理员 over every unit of its grants.
pub async fn change_account(
    app: &App,
    caller: &Caller,
    id: Id<Account>,
    (enabled, reset): (Option<bool>, bool),
) -> Result<Option<String>, Problem> {
    let reading = app.store.read().await?;
    let found = reading.account(id).await?;
    let mut account = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"账号")]))?;
    let by = administers(caller, &reading.grants(id).await?)?;
    drop(reading);
    let password = reset.then(|| one_time_password(&app.environment));
    if let Some(password) = &password {
        account.password_hash = hash_password(&app.environment, password)?;
        account.must_change = true;
        account.locked_until = None;
        account.failures = 0;
    }
    account.enabled = enabled.unwrap_or(account.enabled);
    let mut told = Vec::new();
    let mut tell = |verb: &str| told.push((statement(app, caller, (id, by), verb), "{}".to_owned()));
    match enabled {
        Some(true) => tell("enable"),
        Some(false) => tell("disable"),
        None => {}
    }
    if reset {
        tell("reset_password");
    }
    let environment = app.environment.clone();
    write(app, move |writing| {
        Box::pin(async move {
            record(writing, &environment, told).await?;
            writing.put_accounts(std::slice::from_ref(&account)).await
        })
    })
    .await?;
    Ok(password)
}

/// The grant under which the caller administers someone with these grants.
pub(super) fn administers(
    caller: &Caller,
    grants: &[yanpan_kernel::person::Grant],
) -> Result<Id<yanpan_kernel::person::Grant>, Problem> {
    for grant in grants {
        caller.grant_over(grant.unit, &[Role::Admin])?;
    }
    Ok(caller.grant_of(&[Role::Admin])?.id)
}
