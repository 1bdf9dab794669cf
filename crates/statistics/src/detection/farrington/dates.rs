//! The same week, month or day in earlier years: arithmetic of reference dates.

use crate::detection::{DetectionError, Series};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Step of a dated series, from its frequency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Step {
    /// Step of a series with this many points a year.
    pub fn of_frequency(frequency: usize) -> Self {
        match frequency {
            1 => Self::Year,
            4 => Self::Quarter,
            12 => Self::Month,
            365.. => Self::Day,
            _ => Self::Week,
        }
    }

    /// A date some steps away; `None` beyond the calendar. A day that the month lacks runs over into the next month.
    pub fn shift(self, date: Date, steps: i32) -> Option<Date> {
        let span: Span = match self {
            Self::Day => return date.checked_add(steps.days()).ok(),
            Self::Week => return date.checked_add((7 * steps).days()).ok(),
            Self::Month => steps.months(),
            Self::Quarter => (3 * steps).months(),
            Self::Year => steps.years(),
        };
        running_over(date, span)
    }
}

/// R knows the steps of daily, weekly and monthly dates only.
///
/// # Errors
/// [`DetectionError::ReferenceStops`] for a dated series of another frequency.
pub(super) fn known_to_r(series: Series<'_>, row: usize) -> Result<(), DetectionError> {
    if series.timeline.dates.is_none() || matches!(series.timeline.frequency, 12 | 52 | 365) {
        return Ok(());
    }
    Err(DetectionError::ReferenceStops { row, reason: "dates with freq other than 12, 52 or 365" })
}

/// The same calendar date `years` earlier; 29 February becomes 1 March.
pub(super) fn years_before(date: Date, years: i32) -> Option<Date> {
    running_over(date, (-years).years())
}

/// Adds months or years to the first of the month, then the days: 31 + 1 month runs over instead of being cut.
fn running_over(date: Date, span: Span) -> Option<Date> {
    let first = date.first_of_month().checked_add(span).ok()?;
    first.checked_add((i32::from(date.day()) - 1).days()).ok()
}

/// The date nearest to `date` on the weekday of `like`.
pub(super) fn nearest_weekday(date: Date, like: Date) -> Option<Date> {
    let forward =
        i32::from((like.weekday().to_monday_zero_offset() - date.weekday().to_monday_zero_offset()).rem_euclid(7));
    date.checked_add((if forward <= 3 { forward } else { forward - 7 }).days()).ok()
}

/// Row of a date in a strictly increasing list.
pub(super) fn row_of(dates: &[Date], date: Option<Date>) -> Option<usize> {
    dates.binary_search(&date?).ok()
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days())
}
