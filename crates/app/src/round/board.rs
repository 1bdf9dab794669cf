//! Where rounds stand: the period at hand of each, and what the units of a scope owe in it.

use super::open::due_at;
use crate::{
    App, Caller,
    ports::{Obligation, Reading},
};
use yanpan_kernel::{
    period::{Period, PeriodKind},
    person::Role,
    problem::{NOT_FOUND, Problem},
    round::{Definition, Standing},
};

/// A round in one period, as a caller sees it.
#[derive(Debug, Clone)]
pub struct Board {
    /// The round.
    pub definition: Definition,
    /// The period.
    pub period: Period,
    /// Due, in Unix milliseconds.
    pub due_at: i64,
    /// What the units in the caller's scope owe.
    pub rows: Vec<Obligation>,
}

impl Board {
    /// How many units stand so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|row| row.standing == standing).count()
    }

    /// What a unit owes for which this caller submits.
    #[must_use]
    pub fn mine(&self, caller: &Caller) -> Option<&Obligation> {
        let submits = |row: &&Obligation| {
            let roles = [Role::Head, Role::SafetyOfficer];
            caller.grants.iter().any(|grant| grant.unit == row.unit && roles.contains(&grant.role))
        };
        self.rows.iter().find(submits)
    }
}

/// Each round in the period at hand: of the present one and the one before it, that whose due time is nearest to now; the
/// other where nothing is owed in it.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn boards(app: &App, caller: &Caller, reading: &dyn Reading) -> Result<Vec<Board>, Problem> {
    let mut boards = Vec::new();
    for (_, definition) in app.packs.rounds() {
        let mut shown: Option<Board> = None;
        for period in near(app, definition) {
            if shown.as_ref().is_none_or(|board| board.rows.is_empty()) {
                shown = Some(board(app, caller, reading, (definition, period)).await?);
            }
        }
        boards.extend(shown);
    }
    Ok(boards)
}

/// A round in one period.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn board(
    app: &App,
    caller: &Caller,
    reading: &dyn Reading,
    (definition, period): (&Definition, Period),
) -> Result<Board, Problem> {
    let rows = reading.obligations(&definition.key, &period.key().to_string(), &caller.scope()).await?;
    let due_at = due_at(&app.environment, &app.calendar, definition, &period).unwrap_or_default();
    Ok(Board { definition: definition.clone(), period, due_at, rows })
}

/// A round by its key.
///
/// # Errors
/// `NOT_FOUND`.
pub fn round<'a>(app: &'a App, key: &str) -> Result<&'a Definition, Problem> {
    let found = app.packs.rounds().find(|(_, definition)| definition.key == key).map(|(_, definition)| definition);
    found.ok_or_else(|| Problem::new(&NOT_FOUND, &[("what", &"这项填报任务")]))
}

/// The periods of a round that units in the caller's scope owe, newest first.
///
/// # Errors
/// `NOT_FOUND`, `STORE_UNAVAILABLE`.
pub async fn periods(app: &App, caller: &Caller, key: &str) -> Result<Vec<Period>, Problem> {
    round(app, key)?;
    let keys = app.store.read().await?.round_periods(key, &caller.scope()).await?;
    let mut periods: Vec<Period> = keys.iter().filter_map(|key| Period::parse(key, &app.calendar).ok()).collect();
    periods.sort_by_key(|period| std::cmp::Reverse(period.first()));
    Ok(periods)
}

/// The present period and the one before it, that with the nearer due time first.
pub(crate) fn near(app: &App, definition: &Definition) -> Vec<Period> {
    let kind = PeriodKind::parse(&definition.period);
    let today = app.environment.today();
    let current = kind.and_then(|kind| Period::containing(kind, today, &app.calendar).ok());
    let before = current.and_then(|current| current.previous(&app.calendar).ok());
    let now = app.environment.now_ms();
    let away = |period: &Period| {
        due_at(&app.environment, &app.calendar, definition, period).map_or(u64::MAX, |due| due.abs_diff(now))
    };
    let mut periods: Vec<Period> = before.into_iter().chain(current).collect();
    periods.sort_by_key(away);
    periods
}
