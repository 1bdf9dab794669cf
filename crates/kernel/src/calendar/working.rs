//! Counting in working days (工作日). The day something happens is not counted: 《民法典》第二百零一条.

use super::{Calendar, days};
use jiff::civil::Date;

/// A count of working days further than this is refused; longer runs have no use and would only cost time.
pub const FURTHEST: i32 = 10_000;

impl Calendar {
    /// The `n`-th working day after `date`, or before it when `n` is negative; `date` itself for 0, worked or not.
    /// `None` beyond ±[`FURTHEST`] or outside the years of the calendar.
    #[must_use]
    pub fn add_working_days(&self, date: Date, n: i32) -> Option<Date> {
        if n.unsigned_abs() > FURTHEST.unsigned_abs() {
            return None;
        }
        let step = n.signum();
        let mut left = n.unsigned_abs();
        let mut current = date;
        while left > 0 {
            current = days::after(current, step)?;
            if self.is_working_day(current) {
                left -= 1;
            }
        }
        Some(current)
    }

    /// Working days after `from` up to and with `to`; when `to` is earlier, minus the working days from `to` up to
    /// but without `from`. So `add_working_days(from, working_days_between(from, to)) == to` when `to` is worked.
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        let count = |first: Option<Date>, last: Option<Date>| match (first, last) {
            (Some(first), Some(last)) => days::each(first, last).filter(|date| self.is_working_day(*date)).count(),
            _ => 0,
        };
        if from <= to {
            i32::try_from(count(from.tomorrow().ok(), Some(to))).unwrap_or(i32::MAX)
        } else {
            -i32::try_from(count(Some(to), from.yesterday().ok())).unwrap_or(i32::MAX)
        }
    }

    /// The date itself when it is worked, else the next working day: a time limit that ends on a day off runs on to
    /// the day after it, 《民法典》第二百零三条.
    #[must_use]
    pub fn working_day_on_or_after(&self, date: Date) -> Option<Date> {
        if self.is_working_day(date) { Some(date) } else { self.add_working_days(date, 1) }
    }
}
