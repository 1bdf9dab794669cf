//! Changing one's own password, also the first time.

use crate::{
    App,
    person::{hash_password, verify_password},
    record::record,
    write,
};
use yanpan_kernel::{
    entry::Statement,
    id::Id,
    person::{Account, password_weakness},
    problem::{NOT_FOUND, PASSWORD_WEAK, Place, Problem, SIGN_IN_WRONG},
};

/// Replaces the password of an account.
///
/// # Errors
/// `SIGN_IN_WRONG` for a wrong old password, `PASSWORD_WEAK` for a weak new one.
pub async fn change_password(app: &App, account: Id<Account>, old: &str, new: &str) -> Result<(), Problem> {
    let found = app.store.read().await?.account(account).await?;
    let mut changed = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"账号")]))?;
    if !verify_password(old, &changed.password_hash) {
        return Err(Problem::new(&SIGN_IN_WRONG, &[]).at(Place::field("old")));
    }
    let weakness = if old == new { Some("不能与原密码相同") } else { password_weakness(new, &changed.login) };
    if let Some(reason) = weakness {
        return Err(Problem::new(&PASSWORD_WEAK, &[("reason", &reason)]).at(Place::field("new")));
    }
    changed.password_hash = hash_password(&app.environment, new)?;
    changed.must_change = false;
    let environment = app.environment.clone();
    write(app, move |writing| {
        Box::pin(async move {
            let statement = Statement {
                chain: changed.id.cast(),
                kind: "account".to_owned(),
                verb: "change_password".to_owned(),
                unit: None,
                actor: changed.id,
                grant: None,
                happened_on: environment.today(),
                from: None,
                to: None,
            };
            record(writing, &environment, vec![(statement, "{}".to_owned())]).await?;
            writing.put_accounts(std::slice::from_ref(&changed)).await
        })
    })
    .await
}
