//! Sessions: a random token in a cookie, its SHA-256 as the key of a stored record.

mod password;
mod show;
mod sign_in;
mod sign_out;

use crate::{Refusal, refusal::hex};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::{App, write};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::{CSRF, INTERNAL, Problem, SIGN_IN_REQUIRED},
};

/// Idle time after which a session ends, in milliseconds.
const IDLE_MS: i64 = 30 * 60 * 1000;
/// Longest life of a session, in milliseconds.
const LIFE_MS: i64 = 12 * 60 * 60 * 1000;
/// How old `seen` may grow before it is written again, in milliseconds.
const TOUCH_MS: i64 = 60 * 1000;
const COOKIE: &str = "yanpan_session";

/// What is stored of a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Who signed in.
    pub(crate) account: Id<Account>,
    /// Token that every request but GET repeats in `x-csrf-token`.
    pub(crate) csrf: String,
    opened: i64,
    seen: i64,
}

/// A session that holds now; extracting it checks the CSRF token of every request but GET and HEAD.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// Key of the record.
    pub(crate) key: String,
    /// The record.
    pub(crate) record: Record,
}

impl FromRequestParts<Arc<App>> for Session {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let absent = || Problem::new(&SIGN_IN_REQUIRED, &[]);
        let key = key_of(token(&parts.headers).ok_or_else(absent)?);
        let now = app.environment.now_ms();
        let stored = app.store.read().await?.session(&key, now).await?.ok_or_else(absent)?;
        let mut record: Record = serde_json::from_str(&stored).map_err(|_| absent())?;
        let given = parts.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
        if !matches!(parts.method, Method::GET | Method::HEAD) && given != Some(record.csrf.as_str()) {
            return Err(Problem::new(&CSRF, &[]).into());
        }
        if now - record.seen > TOUCH_MS {
            record.seen = now;
            store(app, &key, &record).await?;
        }
        Ok(Self { key, record })
    }
}

/// Opens a session and returns it with the value of its `Set-Cookie`.
pub(crate) async fn open(app: &App, account: Id<Account>) -> Result<(Session, String), Problem> {
    let token = hex(&app.environment.random::<32>());
    let now = app.environment.now_ms();
    let record = Record { account, csrf: hex(&app.environment.random::<32>()), opened: now, seen: now };
    let key = key_of(&token);
    store(app, &key, &record).await?;
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}", LIFE_MS / 1000);
    Ok((Session { key, record }, cookie))
}

/// Forgets a session.
pub(crate) async fn close(app: &App, key: String) -> Result<(), Problem> {
    write(app, move |writing| Box::pin(async move { writing.drop_session(&key).await })).await
}

async fn store(app: &App, key: &str, record: &Record) -> Result<(), Problem> {
    let broken = |_| Problem::new(&INTERNAL, &[("reference", &"session")]);
    let text = serde_json::to_string(record).map_err(broken)?;
    let (key, expires) = (key.to_owned(), (record.seen + IDLE_MS).min(record.opened + LIFE_MS));
    write(app, move |writing| Box::pin(async move { writing.put_session(&key, &text, expires).await })).await
}

fn key_of(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Operations on sessions.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::sign_in, show::show, sign_out::sign_out))
        .routes(routes!(password::password))
}
