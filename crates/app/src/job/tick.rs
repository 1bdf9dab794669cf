//! One tick: everything that is due, each part under its lease.

use super::{
    remind::remind,
    run::{JOBS, note},
    seal::seal_entries,
};
use crate::{
    App,
    balance::seal_balance,
    file::sweep_orphans,
    import::sweep_drafts,
    person::forget_pupils,
    retention::retain,
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
        // One that fails does not keep the others from being done; the first failure is what the tick ends with.
        let mut failed = None;
        for (key, _) in JOBS {
            let done = daily_job(app, operator, key).await;
            note(app, key, &done).await?;
            failed = failed.or(done.err());
        }
        if let Some(problem) = failed {
            return Err(problem);
        }
    }
    Ok(true)
}

async fn daily_job(app: &Arc<App>, operator: Id<Account>, key: &str) -> Result<(), Problem> {
    match key {
        "rounds" => rounds(app, operator).await,
        "remind" => remind(app).await.map(drop),
        "balances" => balances(app, operator).await,
        "retain" => retain(app, operator).await.map(drop),
        "compact" => app.analysis.compact().await,
        "sweep" => {
            sweep_orphans(app).await?;
            sweep_drafts(app).await.map(drop)
        }
        "forget" => forget_pupils(app, operator).await.map(drop),
        _ => {
            let now = app.environment.now_ms();
            write(app, move |writing| Box::pin(async move { writing.drop_sessions_before(now).await })).await
        }
    }
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
