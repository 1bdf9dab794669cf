//! Submitting what a unit owes: a report or a signed zero; lateness is judged at server receipt.

use super::told::{Told, tell};
use crate::{App, Caller, write};
use std::sync::Arc;
use yanpan_kernel::{
    form::Answers,
    id::Id,
    period::Period,
    person::{Account, Role},
    problem::{NOT_FOUND, Problem, STATE_CHANGED, ZERO_CONTRADICTED},
    round::Standing,
    unit::{Scope, Unit},
};

/// What a unit submits.
#[derive(Debug, Clone, PartialEq)]
pub enum Submission {
    /// 「本期无…」, signed by whoever submits.
    Zero,
    /// Answers.
    Report(Answers),
}

/// Submits for a unit. A submission after the first is a correction with a revision of its own.
///
/// # Errors
/// `FORBIDDEN`, `OUT_OF_SCOPE`, `NOT_FOUND` when nothing is owed, `ZERO_CONTRADICTED`, `STATE_CHANGED`.
pub async fn submit(
    app: &Arc<App>,
    caller: &Caller,
    round: &str,
    (period, unit): (&Period, Id<Unit>),
    submission: Submission,
) -> Result<Standing, Problem> {
    let grant = caller.grant_over(unit, &[Role::Head, Role::SafetyOfficer])?.id;
    let definition = app.packs.rounds().find(|(_, found)| found.key == round).map(|(_, found)| found.clone());
    let definition = definition.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"这项填报任务")]))?;
    let (app_in, actor, period) = (app.clone(), caller.account, *period);
    write(app, move |writing| {
        Box::pin(async move {
            let key = period.key().to_string();
            let found = writing.obligation(&definition.key, &key, unit).await?;
            let mut obligation = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"本单位的这项填报")]))?;
            let before = obligation.standing;
            let (next, answers) = match submission {
                Submission::Zero => (Standing::Zero, Answers::new()),
                Submission::Report(answers) => (Standing::Reported, answers),
            };
            if !before.may_become(next) || (next == Standing::Zero && definition.zero.is_none()) {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("state", &before.title()), ("act", &next.title())];
                return Err(Problem::new(&STATE_CHANGED, &values));
            }
            let contradicting = definition.zero.as_ref().and_then(|zero| zero.unless.as_deref());
            if let (Standing::Zero, Some(kind)) = (next, contradicting) {
                let count = writing.opened_between(kind, unit, period.first(), period.last()).await?;
                if count > 0 {
                    return Err(Problem::new(&ZERO_CONTRADICTED, &[("count", &count)]));
                }
            }
            let now = app_in.environment.now_ms();
            if obligation.received_at.is_none() {
                obligation.received_at = Some(now);
                obligation.late = now > obligation.due_at;
            }
            obligation.standing = next;
            obligation.revision += 1;
            obligation.answers = answers;
            let verb = match (before, next) {
                (Standing::Missing, Standing::Zero) => "zero",
                (Standing::Missing, _) => "report",
                _ => "correct",
            };
            let on = app_in.environment.today();
            let step = Told { obligation, before: Some(before), verb, actor, grant: Some(grant), on };
            tell(writing, &app_in, &period, vec![step]).await?;
            Ok(next)
        })
    })
    .await
}

/// Counts as reported the units that owe a zero or a list and have registered cases of the period instead.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn settle_round(app: &Arc<App>, actor: Id<Account>, round: &str, period: &Period) -> Result<usize, Problem> {
    let definition = app.packs.rounds().find(|(_, found)| found.key == round).map(|(_, found)| found.clone());
    let zero = definition.and_then(|definition| definition.zero).filter(|zero| zero.fulfilled_by_case);
    let Some(kind) = zero.and_then(|zero| zero.unless) else { return Ok(0) };
    let (app_in, round, period) = (app.clone(), round.to_owned(), *period);
    write(app, move |writing| {
        Box::pin(async move {
            let owed = writing.obligations(&round, &period.key().to_string(), &Scope::Everything).await?;
            let now = app_in.environment.now_ms();
            let mut steps = Vec::new();
            for mut obligation in owed.into_iter().filter(|owed| owed.standing == Standing::Missing) {
                if writing.opened_between(&kind, obligation.unit, period.first(), period.last()).await? == 0 {
                    continue;
                }
                obligation.received_at = Some(now);
                obligation.late = now > obligation.due_at;
                obligation.standing = Standing::Reported;
                obligation.revision += 1;
                let on = app_in.environment.today();
                let before = Some(Standing::Missing);
                steps.push(Told { obligation, before, verb: "report", actor, grant: None, on });
            }
            let count = steps.len();
            tell(writing, &app_in, &period, steps).await?;
            Ok(count)
        })
    })
    .await
}
