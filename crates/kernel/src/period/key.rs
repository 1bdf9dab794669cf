//! Keys of periods: the stable names of the command line and of stored data, read and written.

use super::{PeriodError, PeriodKind, YEARS};
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The name of a period without its days. Ordered within a kind by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PeriodKey {
    /// `2026-10-31`
    Day(Date),
    /// `2026-W44`: ISO year and week.
    Week(i16, i8),
    /// `2026-10-X3`: year, month, third of the month.
    TenDay(i16, i8, i8),
    /// `2026-10`
    Month(i16, i8),
    /// `2026-10@25`: ends on the 25th of this month.
    MonthTo25(i16, i8),
    /// `2026-Q4`
    Quarter(i16, i8),
    /// `2026-2027-1`: year in which the school year begins, number of the term.
    Term(i16, i8),
    /// `2026-2027`
    SchoolYear(i16),
    /// `2026`
    Year(i16),
}

impl PeriodKey {
    /// Its kind.
    #[must_use]
    pub fn kind(self) -> PeriodKind {
        match self {
            Self::Day(_) => PeriodKind::Day,
            Self::Week(..) => PeriodKind::Week,
            Self::TenDay(..) => PeriodKind::TenDay,
            Self::Month(..) => PeriodKind::Month,
            Self::MonthTo25(..) => PeriodKind::MonthTo25,
            Self::Quarter(..) => PeriodKind::Quarter,
            Self::Term(..) => PeriodKind::Term,
            Self::SchoolYear(_) => PeriodKind::SchoolYear,
            Self::Year(_) => PeriodKind::Year,
        }
    }

    fn year(self) -> i16 {
        match self {
            Self::Day(date) => date.year(),
            Self::Week(year, _)
            | Self::TenDay(year, ..)
            | Self::Month(year, _)
            | Self::MonthTo25(year, _)
            | Self::Quarter(year, _)
            | Self::Term(year, _)
            | Self::SchoolYear(year)
            | Self::Year(year) => year,
        }
    }

    /// The key itself when its year is one that periods are named in.
    pub(super) fn in_range(self) -> Result<Self, PeriodError> {
        if YEARS.contains(&self.year()) { Ok(self) } else { Err(PeriodError::OutOfRange(self.year())) }
    }

    pub(super) fn year_ago(self) -> Result<Self, PeriodError> {
        let year = self.year() - 1;
        let key = match self {
            // The last day of February answers for the 29th.
            Self::Day(date) => Self::Day(
                Date::new(year, date.month(), date.day())
                    .or_else(|_| Date::new(year, date.month(), date.day() - 1))
                    .map_err(|_| PeriodError::OutOfRange(year))?,
            ),
            Self::Week(_, 53) => Self::Week(year, if has_week_53(year) { 53 } else { 52 }),
            Self::Week(_, week) => Self::Week(year, week),
            Self::TenDay(_, month, third) => Self::TenDay(year, month, third),
            Self::Month(_, month) => Self::Month(year, month),
            Self::MonthTo25(_, month) => Self::MonthTo25(year, month),
            Self::Quarter(_, quarter) => Self::Quarter(year, quarter),
            Self::Term(_, number) => Self::Term(year, number),
            Self::SchoolYear(_) => Self::SchoolYear(year),
            Self::Year(_) => Self::Year(year),
        };
        key.in_range()
    }
}

fn has_week_53(year: i16) -> bool {
    ISOWeekDate::new(year, 53, Weekday::Monday).is_ok()
}

impl fmt::Display for PeriodKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::TenDay(year, month, third) => write!(f, "{year:04}-{month:02}-X{third}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::MonthTo25(year, month) => write!(f, "{year:04}-{month:02}@25"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Term(year, number) => write!(f, "{year:04}-{:04}-{number}", year + 1),
            Self::SchoolYear(year) => write!(f, "{year:04}-{:04}", year + 1),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for PeriodKey {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        read(text).ok_or_else(|| PeriodError::Malformed(text.chars().take(24).collect()))?.in_range()
    }
}

fn read(text: &str) -> Option<PeriodKey> {
    let mut parts = text.splitn(3, '-');
    let (year, second, third) = (digits(parts.next()?, 4)?, parts.next(), parts.next());
    match (second, third) {
        (None, _) => Some(PeriodKey::Year(year)),
        (Some(second), None) => read_two(year, second),
        (Some(next), Some(number)) if next.len() == 4 => {
            let number = small(number, 1, 1..=3)?;
            (digits(next, 4)? == year + 1).then_some(PeriodKey::Term(year, number))
        }
        (Some(month), Some(third)) => {
            let month = small(month, 2, 1..=12)?;
            match third.strip_prefix('X') {
                Some(third) => Some(PeriodKey::TenDay(year, month, small(third, 1, 1..=3)?)),
                None => Date::new(year, month, small(third, 2, 1..=31)?).ok().map(PeriodKey::Day),
            }
        }
    }
}

fn read_two(year: i16, second: &str) -> Option<PeriodKey> {
    if let Some(week) = second.strip_prefix('W') {
        let week = small(week, 2, 1..=53)?;
        (week < 53 || has_week_53(year)).then_some(PeriodKey::Week(year, week))
    } else if let Some(quarter) = second.strip_prefix('Q') {
        small(quarter, 1, 1..=4).map(|quarter| PeriodKey::Quarter(year, quarter))
    } else if let Some(month) = second.strip_suffix("@25") {
        small(month, 2, 1..=12).map(|month| PeriodKey::MonthTo25(year, month))
    } else if second.len() == 4 {
        (digits(second, 4)? == year + 1).then_some(PeriodKey::SchoolYear(year))
    } else {
        small(second, 2, 1..=12).map(|month| PeriodKey::Month(year, month))
    }
}

/// A number of exactly `length` ASCII digits, so that every period has one spelling only.
fn digits(text: &str, length: usize) -> Option<i16> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn small(text: &str, length: usize, range: std::ops::RangeInclusive<i8>) -> Option<i8> {
    digits(text, length).and_then(|number| i8::try_from(number).ok()).filter(|number| range.contains(number))
}

impl TryFrom<String> for PeriodKey {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<PeriodKey> for String {
    fn from(key: PeriodKey) -> Self {
        key.to_string()
    }
}
