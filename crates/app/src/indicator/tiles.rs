//! The first figures of a unit: those that the packs give a place.

use super::show::{Figure, answered};
use crate::{App, Caller, period::Offered, report::Desk};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use yanpan_kernel::{id::Id, indicator::Definition, period::Period, problem::Problem, unit::Unit};

/// The tiles of a unit and everything below it, in the order of the packs and of their places.
///
/// # Errors
/// `OUT_OF_SCOPE`, `INDICATOR_FAILED`.
pub async fn tiles(app: &Arc<App>, caller: &Caller, (unit, period): (Id<Unit>, Period)) -> Result<Json, Problem> {
    answered(app, caller, (unit, period), "tiles".to_owned(), move |app, ground| {
        let today = app.environment.today();
        let mut tiles = Vec::new();
        for pack in app.packs.present() {
            let mut placed: Vec<&Definition> =
                pack.indicators.values().filter(|indicator| indicator.tile.is_some()).collect();
            placed.sort_by_key(|indicator| indicator.tile);
            if placed.is_empty() {
                continue;
            }
            let desk = Desk::new(app.clone(), pack.clone(), (unit, period), ground.clone()).until(today);
            for definition in placed {
                tiles.push(Figure::of(&desk, &definition.key)?.json(app, &desk, definition)?);
            }
        }
        Ok(json!({ "period": Offered::of(&period, today), "tiles": tiles }))
    })
    .await
}
