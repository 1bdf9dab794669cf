//! Submitting what a unit owes: a report or a signed zero; lateness is judged at server receipt.

use super::told::{Note, Told, tell};
use crate::{App, Caller, ports::Obligation, write};
use std::sync::Arc;
use yanpan_kernel::{
    form::{Answers, Form},
    id::Id,
    period::Period,
    person::{Account, Role},
    problem::{ANSWER_UNKNOWN, NOT_FOUND, Place, Problem, STATE_CHANGED, ZERO_CONTRADICTED},
    round::{Definition, Standing},
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

/// Submits for a unit. A submission after the first is a correction with a revision of its own; `device_at` is the phone's
/// own time of one that was made offline.
///
/// # Errors
/// Every problem of the answers at once; `FORBIDDEN`, `OUT_OF_SCOPE`, `NOT_FOUND` when nothing is owed,
/// `ZERO_CONTRADICTED`, `STATE_CHANGED`.
pub async fn submit(
    app: &Arc<App>,
    caller: &Caller,
    round: &str,
    (period, unit): (&Period, Id<Unit>),
    (submission, device_at): (Submission, Option<i64>),
) -> Result<Obligation, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let missing = || one(Problem::new(&NOT_FOUND, &[("what", &"这项填报任务")]));
    let grant = caller.grant_over(unit, &[Role::Head, Role::SafetyOfficer]).map_err(one)?.id;
    let (pack, definition) = app.packs.rounds().find(|(_, found)| found.key == round).ok_or_else(missing)?;
    let form = definition.form.as_ref().and_then(|form| pack.forms.get(form));
    let (next, answers) = match submission {
        Submission::Zero => (Standing::Zero, Answers::new()),
        Submission::Report(given) => (Standing::Reported, read(form, &given)?),
    };
    let (app_in, actor, period, definition) = (app.clone(), caller.account, *period, definition.clone());
    write(app, move |writing| {
        Box::pin(async move {
            let key = period.key().to_string();
            let found = writing.obligation(&definition.key, &key, unit).await?;
            let obligation = found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"本单位的这项填报")]))?;
            let before = obligation.standing;
            if next == Standing::Zero && definition.zero.is_none() {
                return Err(cannot(before, next.title()));
            }
            let (after, verb) = received(obligation, next, answers, app_in.environment.now_ms())?;
            let contradicting = definition.zero.as_ref().and_then(|zero| zero.unless.as_deref());
            if let (Standing::Zero, Some(kind)) = (next, contradicting) {
                let count = writing.opened_between(kind, unit, period.first(), period.last()).await?;
                if count > 0 {
                    return Err(Problem::new(&ZERO_CONTRADICTED, &[("count", &count)]));
                }
            }
            let (on, note) = (app_in.environment.today(), Note { device_at, ..Note::default() });
            let step =
                Told { obligation: after.clone(), before: Some(before), verb, actor, grant: Some(grant), on, note };
            tell(writing, &app_in, &period, vec![step]).await?;
            Ok(after)
        })
    })
    .await
    .map_err(one)
}

/// An obligation after a submission has been received, with the verb that tells of it. Lateness is that of the first one.
///
/// # Errors
/// `STATE_CHANGED`.
pub(crate) fn received(
    before: Obligation,
    next: Standing,
    answers: Answers,
    now: i64,
) -> Result<(Obligation, &'static str), Problem> {
    if !before.standing.may_become(next) {
        return Err(cannot(before.standing, next.title()));
    }
    let verb = match (before.standing, next) {
        (Standing::Missing, Standing::Zero) => "zero",
        (Standing::Missing, _) => "report",
        _ => "correct",
    };
    let late = if before.received_at.is_none() { now > before.due_at } else { before.late };
    let (received_at, revision) = (before.received_at.or(Some(now)), before.revision + 1);
    Ok((Obligation { standing: next, late, received_at, revision, answers, ..before }, verb))
}

/// What a step cannot be done with.
pub(super) fn cannot(standing: Standing, act: &str) -> Problem {
    Problem::new(&STATE_CHANGED, &[("state", &standing.title()), ("act", &act)])
}

/// The answers in normal form; a round without a form takes none.
pub(crate) fn read(form: Option<&Form>, given: &Answers) -> Result<Answers, Vec<Problem>> {
    let unknown = |key: &String| Problem::new(&ANSWER_UNKNOWN, &[("field", key)]).at(Place::field(key));
    let (answers, problems) = match form {
        Some(form) => form.read(given),
        None => (Answers::new(), given.keys().map(unknown).collect()),
    };
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

/// Counts as reported the units that owe a zero or a list and have registered cases of the period instead.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn settle_round(app: &Arc<App>, actor: Id<Account>, round: &str, period: &Period) -> Result<usize, Problem> {
    let definition: Option<Definition> =
        app.packs.rounds().find(|(_, found)| found.key == round).map(|(_, found)| found.clone());
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
                let (on, before) = (app_in.environment.today(), Some(Standing::Missing));
                steps.push(Told { obligation, before, verb: "report", actor, grant: None, on, note: Note::default() });
            }
            let count = steps.len();
            tell(writing, &app_in, &period, steps).await?;
            Ok(count)
        })
    })
    .await
}
