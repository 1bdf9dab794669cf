//! Opening a round for a period: every unit of its audience owes one return.

use super::told::{Note, Told, tell};
use crate::{
    App,
    ports::{Environment, Obligation},
    write,
};
use std::sync::Arc;
use yanpan_kernel::{
    calendar::{Calendar, Offset},
    id::Id,
    period::Period,
    person::Account,
    problem::{INTERNAL, Problem},
    round::{Definition, Standing},
    unit::Scope,
};
use yanpan_rules::{Names, Value};

struct UnitNames(Value);

impl Names for UnitNames {
    fn name(&self, name: &str) -> Option<Value> {
        (name == "unit").then(|| self.0.clone())
    }
}

/// Opens a round for a period where it is not open yet. Returns how many units owe it now and did not before.
///
/// # Errors
/// `STORE_UNAVAILABLE`; `INTERNAL` when the pack's expressions cannot be evaluated.
pub async fn open_round(app: &Arc<App>, actor: Id<Account>, round: &str, period: &Period) -> Result<usize, Problem> {
    let broken = || Problem::new(&INTERNAL, &[("reference", &"round")]);
    let (pack, definition) = app.packs.rounds().find(|(_, found)| found.key == round).ok_or_else(broken)?;
    let audience = pack.expression(&definition.audience).ok_or_else(broken)?;
    let reading = app.store.read().await?;
    let tree = app.tree(reading.as_ref()).await?;
    let key = period.key().to_string();
    let known = reading.obligations(round, &key, &Scope::Everything).await?;
    drop(reading);
    let due_at = due_at(&app.environment, &app.calendar, definition, period).ok_or_else(broken)?;
    let mut owed = Vec::new();
    for version in tree.all() {
        let names = UnitNames(crate::case::unit_value(version));
        let owes = audience.holds(&names).map_err(|_| broken())?;
        if owes && !known.iter().any(|obligation| obligation.unit == version.unit) {
            owed.push(Obligation {
                id: app.environment.id(),
                round: round.to_owned(),
                period: key.clone(),
                unit: version.unit,
                due_at,
                standing: Standing::Missing,
                received_at: None,
                late: false,
                revision: 0,
                answers: Default::default(),
            });
        }
    }
    let count = owed.len();
    if count == 0 {
        return Ok(0);
    }
    let (app_in, period) = (app.clone(), *period);
    write(app, move |writing| {
        Box::pin(async move {
            let on = period.first().min(app_in.environment.today());
            let steps = owed
                .into_iter()
                .map(|obligation| Told {
                    obligation,
                    before: None,
                    verb: "owe",
                    actor,
                    grant: None,
                    on,
                    note: Note::default(),
                })
                .collect();
            tell(writing, &app_in, &period, steps).await
        })
    })
    .await?;
    Ok(count)
}

/// When a return of a period is due, in Unix milliseconds.
pub(super) fn due_at(
    environment: &Environment,
    calendar: &Calendar,
    definition: &Definition,
    period: &Period,
) -> Option<i64> {
    let offset: Offset = definition.due.parse().ok()?;
    let day = offset.apply(period.last(), calendar)?;
    let (hour, minute) = definition.due_time.split_once(':')?;
    let at = day.at(hour.parse().ok()?, minute.parse().ok()?, 0, 0);
    Some(environment.zone.to_timestamp(at).ok()?.as_millisecond())
}
