//! From an account to a [`Caller`]: the grants that hold today on today's tree.

use crate::{App, Caller, ports::Reading};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::{PASSWORD_MUST_CHANGE, Problem, SIGN_IN_REQUIRED},
};

/// The caller of an account that has signed in.
///
/// # Errors
/// `SIGN_IN_REQUIRED` for an unknown or disabled account, `PASSWORD_MUST_CHANGE` before the first change.
pub async fn calling(app: &App, reading: &dyn Reading, account: Id<Account>) -> Result<Caller, Problem> {
    caller(app, reading, account, false).await
}

/// The caller of an account in whose name the local operator acts; no password is asked on the machine itself.
///
/// # Errors
/// `SIGN_IN_REQUIRED` for an unknown or disabled account.
pub async fn standing_in(app: &App, account: Id<Account>) -> Result<Caller, Problem> {
    caller(app, app.store.read().await?.as_ref(), account, true).await
}

async fn caller(app: &App, reading: &dyn Reading, account: Id<Account>, operator: bool) -> Result<Caller, Problem> {
    let found = reading.account_with_grants(account).await?.filter(|(account, ..)| account.enabled);
    let (account, name, mut grants) = found.ok_or_else(|| Problem::new(&SIGN_IN_REQUIRED, &[]))?;
    if account.must_change && !operator {
        return Err(Problem::new(&PASSWORD_MUST_CHANGE, &[]));
    }
    let today = app.environment.today();
    grants.retain(|grant| grant.holds(today));
    let tree = app.tree(reading).await?;
    Ok(Caller { account: account.id, login: account.login, name, grants, tree })
}
