//! Arithmetic over natural days that cannot overflow or panic.

use jiff::SignedDuration;
use jiff::civil::Date;

/// The date `days` natural days after `date` (before it when negative); `None` outside the calendar of years −9999–9999.
#[must_use]
pub fn after(date: Date, days: i32) -> Option<Date> {
    date.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok()
}

/// Natural days from `from` to `to`: 0 for the same day, negative when `to` is earlier.
#[must_use]
pub fn between(from: Date, to: Date) -> i32 {
    i32::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(i32::MAX)
}

/// Every date from `first` to `last`, both included; empty when `last` is earlier.
pub fn each(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors((first <= last).then_some(first), move |date| {
        date.tomorrow().ok().filter(|next| *next <= last)
    })
}
