//! `GET /api/v1/session`: who is signed in.

use super::Session;
use crate::Refusal;
use axum::{Json, extract::State};
use serde_json::{Value, json};
use std::sync::Arc;
use yanpan_app::{App, Caller, installation::DEMO_SETTING, person::calling, ports::Reading};
use yanpan_kernel::{
    id::Id,
    person::Person,
    problem::{PASSWORD_MUST_CHANGE, Problem, SIGN_IN_REQUIRED},
};

/// The session: its CSRF token, and once the password is changed the account, its grants and the installation.
#[utoipa::path(get, path = "/api/v1/session", operation_id = "show_session",
    responses((status = 200, description = "The session")))]
pub(crate) async fn show(State(app): State<Arc<App>>, session: Session) -> Result<Json<Value>, Refusal> {
    let csrf = session.record.csrf;
    let reading = app.store.read().await?;
    let absent = || Problem::new(&SIGN_IN_REQUIRED, &[]);
    let holder = reading.holder(session.record.account).await?.ok_or_else(absent)?;
    let person = holder.account.person;
    match calling(&app, reading.as_ref(), holder).await {
        Ok(caller) => Ok(Json(signed_in(&app, reading.as_ref(), (&caller, person), &csrf).await?)),
        Err(problem) if problem.is(&PASSWORD_MUST_CHANGE) => Ok(Json(json!({ "csrf": csrf, "must_change": true }))),
        Err(problem) => Err(problem.into()),
    }
}

async fn signed_in(
    app: &App,
    reading: &dyn Reading,
    (caller, person): (&Caller, Id<Person>),
    csrf: &str,
) -> Result<Value, Problem> {
    let demo = reading.setting(DEMO_SETTING).await?.is_some();
    let person = reading.person(person).await?;
    let root = caller.tree.roots().first().and_then(|root| caller.tree.get(*root));
    let grants = caller.grants.iter().map(|grant| {
        json!({ "id": grant.id, "role": grant.role.key(), "role_title": grant.role.title(), "unit": grant.unit })
    });
    Ok(json!({
        "csrf": csrf, "must_change": false,
        "account": {
            "id": caller.account, "login": caller.login, "name": caller.name, "post": person.map(|person| person.post),
        },
        "grants": grants.collect::<Vec<_>>(),
        "home_unit": caller.grants.first().map(|grant| grant.unit),
        "today": app.environment.today(),
        "installation": { "name": root.map(|root| &root.name), "demo": demo, "zone": app.environment.zone.iana_name() },
    }))
}
