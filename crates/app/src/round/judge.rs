//! What an authority says of a submission: returned with a reason, or reviewed.

use super::{
    submit::cannot,
    told::{Note, Told, tell},
};
use crate::{
    App, Caller,
    ports::{Notice, Obligation, Writing},
    write,
};
use std::{collections::BTreeSet, sync::Arc};
use yanpan_kernel::{
    id::Id,
    period::Period,
    person::{Account, Grant, Role},
    problem::{ANSWER_REQUIRED, FORBIDDEN, NOT_FOUND, Place, Problem},
    round::{Definition, Standing},
    unit::Unit,
};

/// What is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It must come again; the unit is told why.
    Return {
        /// Why.
        reason: String,
    },
    /// It stands. `timely`: it was made offline in time, so that its late receipt does not count.
    Review {
        /// Whether it counts as in time.
        timely: bool,
    },
}

/// Judges a unit's submission; only an authority above the unit may.
///
/// # Errors
/// `FORBIDDEN`, `OUT_OF_SCOPE`, `NOT_FOUND` when nothing is owed, `STATE_CHANGED` when nothing has been submitted,
/// `ANSWER_REQUIRED` without a reason.
pub async fn judge(
    app: &Arc<App>,
    caller: &Caller,
    round: &str,
    (period, unit): (&Period, Id<Unit>),
    judgement: Judgement,
) -> Result<Obligation, Problem> {
    caller.grant_over(unit, &[Role::Authority])?;
    let above = caller.grants_over(unit).find(|grant| grant.role == Role::Authority && grant.unit != unit);
    let grant = above.ok_or_else(|| Problem::new(&FORBIDDEN, &[]))?.id;
    if matches!(&judgement, Judgement::Return { reason } if reason.trim().is_empty()) {
        return Err(Problem::new(&ANSWER_REQUIRED, &[("field", &"退回原因")]).at(Place::field("reason")));
    }
    let missing = |what: &str| Problem::new(&NOT_FOUND, &[("what", &what)]);
    let definition = app.packs.rounds().find(|(_, found)| found.key == round).map(|(_, found)| found.clone());
    let definition = definition.ok_or_else(|| missing("这项填报任务"))?;
    let (app_in, actor, period) = (app.clone(), caller.account, *period);
    write(app, move |writing| {
        Box::pin(async move {
            let found = writing.obligation(&definition.key, &period.key().to_string(), unit).await?;
            let obligation = found.ok_or_else(|| missing("该单位的这项填报"))?;
            let before = obligation.standing;
            let step = judged(obligation, &judgement).ok_or_else(|| cannot(before, verb(&judgement).1))?;
            let after = step.0.clone();
            let told = Told {
                obligation: step.0,
                before: Some(before),
                verb: verb(&judgement).0,
                actor,
                grant: Some(grant),
                on: app_in.environment.today(),
                note: step.1,
            };
            tell(writing, &app_in, &period, vec![told]).await?;
            if let Judgement::Return { reason } = &judgement {
                let notices = notices(&app_in, writing, (&definition, &period), &after, reason).await?;
                writing.put_notices(&notices).await?;
            }
            Ok(after)
        })
    })
    .await
}

const fn verb(judgement: &Judgement) -> (&'static str, &'static str) {
    match judgement {
        Judgement::Return { .. } => ("return", "退回"),
        Judgement::Review { .. } => ("review", "审核"),
    }
}

/// The obligation afterwards; a returned one has not been received until an acceptable submission comes.
fn judged(before: Obligation, judgement: &Judgement) -> Option<(Obligation, Note)> {
    let standing = match judgement {
        Judgement::Return { .. } => Standing::Returned,
        Judgement::Review { .. } => Standing::Reviewed,
    };
    if !before.standing.may_become(standing) {
        return None;
    }
    Some(match judgement {
        Judgement::Return { reason } => {
            let note = Note { reason: Some(reason.trim().to_owned()), ..Note::default() };
            (Obligation { standing, received_at: None, late: false, ..before }, note)
        }
        Judgement::Review { timely } => {
            let late = before.late && !timely;
            (Obligation { standing, late, ..before }, Note::default())
        }
    })
}

/// Tells those who submit for the unit.
async fn notices(
    app: &App,
    writing: &dyn Writing,
    (definition, period): (&Definition, &Period),
    obligation: &Obligation,
    reason: &str,
) -> Result<Vec<Notice>, Problem> {
    let today = app.environment.today();
    let grants = writing.all_grants().await?;
    let holds = |grant: &&Grant| {
        grant.holds(today) && grant.unit == obligation.unit && matches!(grant.role, Role::Head | Role::SafetyOfficer)
    };
    let accounts: BTreeSet<Id<Account>> = grants.iter().filter(holds).map(|grant| grant.account).collect();
    let notice = |account: Id<Account>| Notice {
        id: app.environment.id(),
        key: format!("{}/{}/return/{account}", obligation.id, obligation.revision),
        account,
        case: None,
        subject: format!("{} {}被退回", definition.title, period.label()),
        text: reason.trim().to_owned(),
        at: app.environment.now_ms(),
        read_at: None,
    };
    Ok(accounts.into_iter().map(notice).collect())
}
