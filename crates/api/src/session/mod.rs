//! Sessions: a random token in a cookie, its SHA-256 as the key of a stored record.

mod devices;
mod drop_device;
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
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::{
    App,
    ports::{Holder, Reading},
    write,
};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::{CSRF, INTERNAL, Problem, SIGN_IN_REQUIRED},
};

/// How long after signing in a session may do what asks for a fresh sign-in, in milliseconds.
const FRESH_MS: i64 = 30 * 60 * 1000;
/// How old `seen` may grow before it is written again, in milliseconds.
const TOUCH_MS: i64 = 60 * 1000;
const COOKIE: &str = "yanpan_session";

/// What someone signed in on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Device {
    /// A desk: idles out after half an hour, ends after twelve hours.
    #[default]
    Desk,
    /// A phone: holds for thirty days.
    Phone,
}

impl Device {
    /// Idle time after which a session ends, and its longest life, in milliseconds.
    const fn limits(self) -> (i64, i64) {
        const HOUR: i64 = 60 * 60 * 1000;
        match self {
            Self::Desk => (HOUR / 2, 12 * HOUR),
            Self::Phone => (30 * 24 * HOUR, 30 * 24 * HOUR),
        }
    }
}

/// What is stored of a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Who signed in.
    pub(crate) account: Id<Account>,
    /// Token that every request but GET repeats in `x-csrf-token`.
    pub(crate) csrf: String,
    opened: i64,
    seen: i64,
    #[serde(default)]
    device: Device,
    /// What the browser calls itself, for the list of one's own devices.
    #[serde(default)]
    agent: String,
}

impl Record {
    /// Whether reviewing, exporting and people data may go on without the password: a desk always, a phone for a while.
    pub(crate) fn fresh(&self, now_ms: i64) -> bool {
        self.device == Device::Desk || now_ms - self.opened < FRESH_MS
    }
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
        let (session, _) = Self::held(parts, app, app.store.read().await?.as_ref()).await?;
        Ok(session.touched(app).await?)
    }
}

impl Session {
    /// The session that a request names, and whose it is.
    pub(crate) async fn held(parts: &Parts, app: &App, reading: &dyn Reading) -> Result<(Self, Holder), Refusal> {
        let absent = || Problem::new(&SIGN_IN_REQUIRED, &[]);
        let key = key_of(token(&parts.headers).ok_or_else(absent)?);
        let now = app.environment.now_ms();
        let (stored, holder) = reading.session(&key, now).await?.ok_or_else(absent)?;
        let record: Record = serde_json::from_str(&stored).map_err(|_| absent())?;
        let given = parts.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
        if !matches!(parts.method, Method::GET | Method::HEAD) && given != Some(record.csrf.as_str()) {
            return Err(Problem::new(&CSRF, &[]).into());
        }
        Ok((Self { key, record }, holder))
    }

    /// Notes now and then that it is in use. No snapshot may be open: the writer may be long about it, and the others need
    /// the readers.
    pub(crate) async fn touched(mut self, app: &App) -> Result<Self, Problem> {
        let now = app.environment.now_ms();
        if now - self.record.seen > TOUCH_MS {
            self.record.seen = now;
            store(app, &self.key, &self.record).await?;
        }
        Ok(self)
    }
}

/// Opens a session and returns it with the value of its `Set-Cookie`.
pub(crate) async fn open(
    app: &App,
    account: Id<Account>,
    (device, agent): (Device, String),
) -> Result<(Session, String), Problem> {
    let token = hex(&app.environment.random::<32>());
    let now = app.environment.now_ms();
    let csrf = hex(&app.environment.random::<32>());
    let record = Record { account, csrf, opened: now, seen: now, device, agent };
    let key = key_of(&token);
    store(app, &key, &record).await?;
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}", device.limits().1 / 1000);
    Ok((Session { key, record }, cookie))
}

/// Forgets a session.
pub(crate) async fn close(app: &App, key: String) -> Result<(), Problem> {
    write(app, move |writing| Box::pin(async move { writing.drop_session(&key).await })).await
}

async fn store(app: &App, key: &str, record: &Record) -> Result<(), Problem> {
    let broken = |_| Problem::new(&INTERNAL, &[("reference", &"session")]);
    let text = serde_json::to_string(record).map_err(broken)?;
    let (idle, life) = record.device.limits();
    let (key, account, expires) = (key.to_owned(), record.account, (record.seen + idle).min(record.opened + life));
    write(app, move |writing| Box::pin(async move { writing.put_session(&key, account, &text, expires).await })).await
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
        .routes(routes!(devices::devices))
        .routes(routes!(drop_device::drop_device))
}

/// What the browser calls itself, cut short.
fn agent(headers: &HeaderMap) -> String {
    let given = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    given.unwrap_or_default().chars().take(160).collect()
}

/// The sessions of an account that hold now, newest first.
async fn of_account(app: &App, account: Id<Account>) -> Result<Vec<(String, Record)>, Problem> {
    let stored = app.store.read().await?.sessions(account, app.environment.now_ms()).await?;
    let read = |(key, text): (String, String)| Some((key, serde_json::from_str::<Record>(&text).ok()?));
    let mut own: Vec<_> = stored.into_iter().filter_map(read).collect();
    own.sort_by_key(|(_, record)| -record.seen);
    Ok(own)
}

/// The part of a session's key by which its owner names it.
fn short(key: &str) -> &str {
    key.get(..16).unwrap_or(key)
}
