//! Operations on rounds: where they stand, submissions, what is said of them.

mod judge;
mod list;
mod periods;
mod show;
mod submit;

use crate::{Refusal, case::unit_name};
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};
use yanpan_app::{App, Caller, ports::Obligation};
use yanpan_kernel::{
    id::Id,
    period::Period,
    problem::{PERIOD_INVALID, Problem},
    unit::Unit,
};

/// Operations on rounds.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(periods::periods))
        .routes(routes!(show::show))
        .routes(routes!(submit::submit))
        .routes(routes!(judge::send_back))
        .routes(routes!(judge::review))
}

/// What a unit owes, as it is shown.
fn view(caller: &Caller, obligation: &Obligation) -> Value {
    json!({
        "id": obligation.id, "round": obligation.round, "period": obligation.period, "unit": obligation.unit,
        "unit_name": unit_name(caller, obligation.unit), "due_at": obligation.due_at,
        "standing": obligation.standing.key(), "standing_title": obligation.standing.title(),
        "late": obligation.late, "received_at": obligation.received_at, "revision": obligation.revision,
        "answers": obligation.answers,
    })
}

/// The period and the unit of an address.
fn place(app: &App, period: &str, unit: &str) -> Result<(Period, Id<Unit>), Refusal> {
    let unit = unit.parse().map_err(|_| Refusal::usage("单位应为单位的 id"))?;
    Ok((period_of(app, period)?, unit))
}

fn period_of(app: &App, period: &str) -> Result<Period, Problem> {
    Period::parse(period, &app.calendar).map_err(|error| Problem::new(&PERIOD_INVALID, &[("reason", &error)]))
}
