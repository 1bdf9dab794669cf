//! Closing a unit: its last day is set, the history stays.

use super::consequences::consequences;
use crate::{App, Caller, record::record, write};
use jiff::civil::Date;
use yanpan_kernel::{
    entry::Statement,
    id::Id,
    person::Role,
    problem::{NOT_FOUND, Problem, UNIT_INVALID},
    unit::Unit,
};

/// Ends a unit after its last day.
///
/// # Errors
/// `FORBIDDEN`, `OUT_OF_SCOPE`, `NOT_FOUND`; `UNIT_INVALID` while it has units below it or open cases: those are closed or
/// handed to a successor first.
pub async fn close_unit(app: &App, caller: &Caller, unit: Id<Unit>, last_day: Date) -> Result<(), Problem> {
    let grant = caller.grant_over(unit, &[Role::Admin])?.id;
    let version = caller.tree.get(unit).ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"单位")]))?;
    let found = consequences(app, caller, unit).await?;
    let reason = match () {
        () if version.parent.is_none() => "最上级单位不能撤销".to_owned(),
        () if found.below > 0 => format!("还有{}个下级单位，请先撤并或划转", found.below),
        () if found.open_cases > 0 => format!("还有{}件未办结的事项，请先办结，或并入接收单位", found.open_cases),
        () if last_day < version.valid_from => "最后一天早于本单位设立的日期".to_owned(),
        () => String::new(),
    };
    if !reason.is_empty() {
        return Err(Problem::new(&UNIT_INVALID, &[("reason", &reason)]));
    }
    let mut ended = version.clone();
    ended.valid_to = Some(last_day);
    let environment = app.environment.clone();
    let told = Statement {
        chain: unit.cast(),
        kind: "unit".to_owned(),
        verb: "close".to_owned(),
        unit: Some(unit),
        actor: caller.account,
        grant: Some(grant),
        happened_on: last_day,
        from: None,
        to: None,
    };
    let body = serde_json::to_string(&ended).unwrap_or_default();
    write(app, move |writing| {
        Box::pin(async move {
            record(writing, &environment, vec![(told, body)]).await?;
            writing.put_unit_versions(std::slice::from_ref(&ended)).await
        })
    })
    .await
}
