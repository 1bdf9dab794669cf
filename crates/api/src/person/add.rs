//! `POST /api/v1/people`: a new person with an account and a grant.

use super::role;
use crate::{Refusal, body::Given, guard::Fresh, unit::unit_id};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use yanpan_app::{
    App,
    person::{NewPerson, one_time_password, put_people},
};
use yanpan_kernel::problem::{PEOPLE_INVALID, Place, Problem};

/// A new person.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Adding {
    name: String,
    #[serde(default)]
    post: String,
    login: String,
    role: String,
    /// Unit id.
    unit: String,
}

/// Adds a person. The one-time password is in the answer and is kept nowhere.
#[utoipa::path(post, path = "/api/v1/people", operation_id = "add_person", request_body = Adding,
    responses((status = 201, description = "The account and its one-time password")))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    Fresh(caller): Fresh,
    Given(given): Given<Adding>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let blank = [("name", &given.name, "姓名"), ("login", &given.login, "账号")].into_iter();
    let problems: Vec<Problem> = blank
        .filter(|(_, text, _)| text.trim().is_empty())
        .map(|(field, _, title)| {
            Problem::new(&PEOPLE_INVALID, &[("reason", &format!("请填写{title}"))]).at(Place::field(field))
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let password = one_time_password(&app.environment);
    let person = NewPerson {
        name: given.name.trim().to_owned(),
        post: given.post.trim().to_owned(),
        login: given.login.trim().to_owned(),
        password: password.clone(),
        must_change: true,
        grants: vec![(role(&given.role)?, unit_id(&given.unit)?)],
    };
    let made = put_people(&app, &caller, vec![person]).await?;
    Ok((StatusCode::CREATED, Json(json!({ "account": made.first(), "password": password }))))
}
