//! Operations on people.

mod add;
mod change;
mod end_grant;
mod grant;
mod hand_over;
mod list;

use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::App;
use yanpan_kernel::{
    id::Id,
    person::{Account, Role},
    problem::{NOT_FOUND, Problem},
};

use crate::Refusal;

/// Operations on people.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list, add::add))
        .routes(routes!(change::change))
        .routes(routes!(grant::grant))
        .routes(routes!(end_grant::end_grant))
        .routes(routes!(hand_over::hand_over))
}

fn account_id(text: &str) -> Result<Id<Account>, Problem> {
    text.parse().map_err(|_| Problem::new(&NOT_FOUND, &[("what", &"账号")]))
}

fn role(text: &str) -> Result<Role, Refusal> {
    let known = || Role::ALL.map(Role::key).join("、");
    Role::parse(text).ok_or_else(|| Refusal::usage(&format!("role 应为 {} 之一", known())))
}
