//! From the holder of an account to a [`Caller`]: the grants that hold today on today's tree.

use crate::{
    App, Caller,
    ports::{Holder, Reading},
};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::{PASSWORD_MUST_CHANGE, Problem, SIGN_IN_REQUIRED},
};

/// The caller that a session's holder is.
///
/// # Errors
/// `SIGN_IN_REQUIRED` for a disabled account, `PASSWORD_MUST_CHANGE` before the first change.
pub async fn calling(app: &App, reading: &dyn Reading, holder: Holder) -> Result<Caller, Problem> {
    let must_change = holder.account.must_change;
    let caller = caller(app, reading, Some(holder)).await?;
    if must_change { Err(Problem::new(&PASSWORD_MUST_CHANGE, &[])) } else { Ok(caller) }
}

/// The caller of an account in whose name the local operator acts; no password is asked on the machine itself.
///
/// # Errors
/// `SIGN_IN_REQUIRED` for an unknown or disabled account.
pub async fn standing_in(app: &App, account: Id<Account>) -> Result<Caller, Problem> {
    let reading = app.store.read().await?;
    caller(app, reading.as_ref(), reading.holder(account).await?).await
}

async fn caller(app: &App, reading: &dyn Reading, holder: Option<Holder>) -> Result<Caller, Problem> {
    let holder = holder.filter(|holder| holder.account.enabled);
    let Holder { account, name, mut grants } = holder.ok_or_else(|| Problem::new(&SIGN_IN_REQUIRED, &[]))?;
    let today = app.environment.today();
    grants.retain(|grant| grant.holds(today));
    let tree = app.tree(reading).await?;
    Ok(Caller { account: account.id, login: account.login, name, grants, tree })
}
