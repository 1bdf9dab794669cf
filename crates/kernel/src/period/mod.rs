//! Periods of reporting: day, week, ten-day, month, month to the 25th, quarter, term, school year and year.
//!
//! A [`PeriodKey`] is the stable name used on the command line and in stored data; a [`Period`] is a key with its first and
//! last day under a [`Calendar`]. The periods of a kind tile time, vacations included: a term counts from the day after the
//! term before it, so that what is carried over from one is what the next begins with.

mod key;
mod kind;
mod label;
mod resolve;

pub use key::PeriodKey;
pub use kind::PeriodKind;

use crate::calendar::Calendar;
use crate::problem::{PERIOD_INVALID, Problem};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;

/// Years that periods are named in; beyond them a date is a slip of the pen.
pub const YEARS: RangeInclusive<i16> = 1900..=2200;

/// A period with its days, both ends included. Serialises as its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    key: PeriodKey,
    first: Date,
    last: Date,
}

/// Why there is no such period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The text follows none of the forms of a key, or names a week, month or day that does not exist.
    #[error(
        "「{0}」不是统计时段；应写成 2026-10-31、2026-W44、2026-10-X3、2026-10、2026-10@25、2026-Q4、2026-2027-1、2026-2027 或 2026"
    )]
    Malformed(String),
    /// A year outside [`YEARS`].
    #[error("年份{0}不在1900—2200之间")]
    OutOfRange(i16),
    /// The calendar does not list the terms of this school year, or not this one.
    #[error("校历里没有{0}—{next}学年度第{1}学期，请先在校历中补上", next = .0 + 1)]
    TermUnknown(i16, i8),
}

impl From<PeriodError> for Problem {
    fn from(error: PeriodError) -> Self {
        Self::new(&PERIOD_INVALID, &[("reason", &error)])
    }
}

impl Period {
    /// The period of a key under a calendar.
    ///
    /// # Errors
    /// [`PeriodError::TermUnknown`] for a term that the calendar does not list.
    pub fn of(key: PeriodKey, calendar: &Calendar) -> Result<Self, PeriodError> {
        let (first, last) = resolve::ends(key, calendar)?;
        Ok(Self { key, first, last })
    }

    /// Reads a key such as `2026-10@25`.
    ///
    /// # Errors
    /// [`PeriodError`] for a malformed key, a year out of range or a term that the calendar does not list.
    pub fn parse(key: &str, calendar: &Calendar) -> Result<Self, PeriodError> {
        Self::of(key.parse()?, calendar)
    }

    /// The period of this kind that the date lies in.
    ///
    /// # Errors
    /// [`PeriodError`] for a year out of range or a school year whose terms the calendar does not list.
    pub fn containing(kind: PeriodKind, date: Date, calendar: &Calendar) -> Result<Self, PeriodError> {
        Self::of(resolve::containing(kind, date, calendar)?, calendar)
    }

    /// The period before it (环比).
    ///
    /// # Errors
    /// As [`Period::containing`].
    pub fn previous(&self, calendar: &Calendar) -> Result<Self, PeriodError> {
        let date = self.first.yesterday().map_err(|_| PeriodError::OutOfRange(self.first.year()))?;
        Self::containing(self.kind(), date, calendar)
    }

    /// The period after it.
    ///
    /// # Errors
    /// As [`Period::containing`].
    pub fn next(&self, calendar: &Calendar) -> Result<Self, PeriodError> {
        let date = self.last.tomorrow().map_err(|_| PeriodError::OutOfRange(self.last.year()))?;
        Self::containing(self.kind(), date, calendar)
    }

    /// The same period a year earlier (同比): the same date (29 February becomes the 28th), the same ISO week number
    /// (week 53 becomes week 52 where there is none), the same month, quarter or term.
    ///
    /// # Errors
    /// As [`Period::of`].
    pub fn year_ago(&self, calendar: &Calendar) -> Result<Self, PeriodError> {
        Self::of(self.key.year_ago()?, calendar)
    }

    /// This period and those before it, the earliest first, `count` in all: for a trend. At most 1,000; fewer where names end.
    #[must_use]
    pub fn run_up(&self, count: usize, calendar: &Calendar) -> Vec<Self> {
        let back = std::iter::successors(Some(*self), |period| period.previous(calendar).ok());
        let mut periods: Vec<Self> = back.take(count.min(1000)).collect();
        periods.reverse();
        periods
    }

    /// Its stable name.
    #[must_use]
    pub fn key(&self) -> PeriodKey {
        self.key
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> PeriodKind {
        self.key.kind()
    }

    /// First day.
    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    /// Last day, included.
    #[must_use]
    pub fn last(&self) -> Date {
        self.last
    }

    /// Whether the date lies in it.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// Chinese name for headings: 「2026年10月」, 「2026年9月26日—10月25日」, 「2026—2027学年度第一学期」.
    #[must_use]
    pub fn label(&self) -> String {
        label::label(self)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.key)
    }
}

#[cfg(test)]
mod tests;
