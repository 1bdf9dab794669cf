//! One tick: everything that is due, each part under its lease.

use super::{remind::remind, seal::seal_entries};
use crate::{
    App,
    balance::seal_balance,
    file::sweep_orphans,
    import::sweep_drafts,
    person::forget_pupils,
    round::{open_round, settle_round},
    write,
};
use std::sync::Arc;
use yanpan_kernel::{
    id::Id,
    period::{Period, PeriodKind},
    person::Account,
    problem::Problem,
};

/// How long a node holds the lease of the jobs, in milliseconds.
const LEASE_MS: i64 = 60_000;

/// Does what is due now. `daily` adds what is done once a day. Returns whether this node had the lease.
///
/// # Errors
/// `STORE_UNAVAILABLE`, `INDICATOR_FAILED`.
pub async fn tick(app: &Arc<App>, operator: Id<Account>, holder: &str, daily: bool) -> Result<bool, Problem> {
    let now = app.environment.now_ms();
    let name = holder.to_owned();
    let leased =
        write(app, move |writing| Box::pin(async move { writing.lease("tick", &name, now, now + LEASE_MS).await }))
            .await?;
    if !leased {
        return Ok(false);
    }
    seal_entries(app).await?;
    if daily {
        rounds(app, operator).await?;
        remind(app).await?;
        balances(app, operator).await?;
        app.analysis.compact().await?;
        sweep_orphans(app).await?;
        sweep_drafts(app).await?;
        forget_pupils(app, operator).await?;
        write(app, move |writing| Box::pin(async move { writing.drop_sessions_before(now).await })).await?;
    }
    Ok(true)
}

async fn rounds(app: &Arc<App>, operator: Id<Account>) -> Result<(), Problem> {
    let today = app.environment.today();
    let rounds: Vec<(String, String)> =
        app.packs.rounds().map(|(_, round)| (round.key.clone(), round.period.clone())).collect();
    for (round, kind) in rounds {
        let Some(period) =
            PeriodKind::parse(&kind).and_then(|kind| Period::containing(kind, today, &app.calendar).ok())
        else {
            continue;
        };
        open_round(app, operator, &round, &period).await?;
        if let Ok(before) = period.previous(&app.calendar) {
            settle_round(app, operator, &round, &before).await?;
        }
    }
    Ok(())
}

/// Seals the counts at the end of the last month of either kind.
async fn balances(app: &Arc<App>, operator: Id<Account>) -> Result<(), Problem> {
    let today = app.environment.today();
    let kinds: Vec<String> = app
        .packs
        .cases()
        .filter(|(_, definition)| !definition.balance.is_empty())
        .map(|(_, definition)| definition.key.clone())
        .collect();
    for period_kind in [PeriodKind::Month, PeriodKind::MonthTo25] {
        let ended =
            Period::containing(period_kind, today, &app.calendar).and_then(|period| period.previous(&app.calendar));
        let Ok(ended) = ended else { continue };
        for kind in &kinds {
            seal_balance(app, operator, kind, ended.last()).await?;
        }
    }
    Ok(())
}
