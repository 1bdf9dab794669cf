//! The periods of a kind up to a day, the newest first, and the one that stands when none is named.

use crate::App;
use jiff::civil::Date;
use serde::Serialize;
use yanpan_kernel::{
    period::{Period, PeriodKind},
    problem::Problem,
};

/// How many periods are offered.
const MOST: usize = 24;

/// A period that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// Key.
    pub key: String,
    /// In words.
    pub label: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Whether it has ended.
    pub ended: bool,
}

impl Offered {
    /// A period as it stands today.
    #[must_use]
    pub fn of(period: &Period, today: Date) -> Self {
        let (key, label) = (period.key().to_string(), period.label());
        Self { key, label, first: period.first(), last: period.last(), ended: period.last() < today }
    }
}

/// The period that a day lies in and those before it, newest first.
///
/// # Errors
/// `PERIOD_INVALID` when the calendar does not reach that day.
pub fn list(app: &App, kind: PeriodKind, day: Date) -> Result<Vec<Offered>, Problem> {
    let today = app.environment.today();
    let newest = Period::containing(kind, day, &app.calendar)?;
    Ok(newest.run_up(MOST, &app.calendar).iter().rev().map(|period| Offered::of(period, today)).collect())
}

/// The period of today of the kind that the packs' first periodic report is made for; a month where there is none.
///
/// # Errors
/// `PERIOD_INVALID` when the calendar does not reach today.
pub fn usual(app: &App) -> Result<Period, Problem> {
    let kind = app.packs.papers().find_map(|(_, paper)| PeriodKind::parse(paper.period.as_deref()?));
    Ok(Period::containing(kind.unwrap_or(PeriodKind::Month), app.environment.today(), &app.calendar)?)
}
