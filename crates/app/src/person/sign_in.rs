//! Signing in: five wrong passwords lock the account for a quarter of an hour.

use crate::{App, person::verify_password, write};
use yanpan_kernel::{
    person::{Account, FAILURES_BEFORE_LOCK, LOCK_MS},
    problem::{Problem, SIGN_IN_LOCKED, SIGN_IN_WRONG},
};

/// A hash that no password has, so that an unknown name takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checks a sign-in name and password.
///
/// # Errors
/// `SIGN_IN_WRONG`, the same for unknown names; `SIGN_IN_LOCKED`.
pub async fn sign_in(app: &App, login: &str, password: &str) -> Result<Account, Problem> {
    let found = app.store.read().await?.account_by_login(login.trim()).await?;
    let now = app.environment.now_ms();
    let locked = found.as_ref().and_then(|account| account.locked_until).filter(|until| *until > now);
    if let Some(until) = locked {
        return Err(lock_problem(until - now));
    }
    let hash = found.as_ref().map_or_else(|| NOBODY.to_owned(), |account| account.password_hash.clone());
    let given = password.to_owned();
    let right = tokio::task::spawn_blocking(move || verify_password(&given, &hash)).await.unwrap_or(false);
    let Some(account) = found.filter(|account| account.enabled) else {
        return Err(Problem::new(&SIGN_IN_WRONG, &[]));
    };
    if right {
        if account.failures > 0 || account.locked_until.is_some() {
            note_failures(app, &account, 0, None).await?;
        }
        return Ok(account);
    }
    let failures = account.failures + 1;
    if failures >= FAILURES_BEFORE_LOCK {
        note_failures(app, &account, 0, Some(now + LOCK_MS)).await?;
        return Err(lock_problem(LOCK_MS));
    }
    note_failures(app, &account, failures, None).await?;
    Err(Problem::new(&SIGN_IN_WRONG, &[]))
}

fn lock_problem(left_ms: i64) -> Problem {
    let minutes = (left_ms + 59_999) / 60_000;
    Problem::new(&SIGN_IN_LOCKED, &[("failures", &FAILURES_BEFORE_LOCK), ("minutes", &minutes)])
}

async fn note_failures(app: &App, account: &Account, failures: u32, until: Option<i64>) -> Result<(), Problem> {
    let id = account.id;
    write(app, move |writing| Box::pin(async move { writing.put_failures(id, failures, until).await })).await
}
