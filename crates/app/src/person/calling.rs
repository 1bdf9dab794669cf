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
    let account = enabled(reading, account).await?;
    if account.must_change {
        return Err(Problem::new(&PASSWORD_MUST_CHANGE, &[]));
    }
    caller(app, reading, account).await
}

/// The caller of an account in whose name the local operator acts; no password is asked on the machine itself.
///
/// # Errors
/// `SIGN_IN_REQUIRED` for an unknown or disabled account.
pub async fn standing_in(app: &App, account: Id<Account>) -> Result<Caller, Problem> {
    let reading = app.store.read().await?;
    let account = enabled(reading.as_ref(), account).await?;
    caller(app, reading.as_ref(), account).await
}

async fn enabled(reading: &dyn Reading, account: Id<Account>) -> Result<Account, Problem> {
    let account = reading.account(account).await?.filter(|account| account.enabled);
    account.ok_or_else(|| Problem::new(&SIGN_IN_REQUIRED, &[]))
}

async fn caller(app: &App, reading: &dyn Reading, account: Account) -> Result<Caller, Problem> {
    let today = app.environment.today();
    let tree = app.tree(reading).await?;
    let name = reading.person(account.person).await?.map_or_else(|| account.login.clone(), |person| person.name);
    let grants = reading.grants(account.id).await?.into_iter().filter(|grant| grant.holds(today)).collect();
    Ok(Caller { account: account.id, login: account.login, name, grants, tree })
}
