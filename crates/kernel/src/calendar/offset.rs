//! Offsets of deadlines and reminders: `-3wd` three working days before, `+7d` seven natural days after, `0d` the day.

use super::{Calendar, days};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OffsetUnit {
    /// 自然日, written `d`.
    Natural,
    /// 工作日 of the calendar, written `wd`.
    Working,
}

/// A signed number of days; its text form is the serde form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Offset {
    days: i32,
    unit: OffsetUnit,
}

/// Why a text is no offset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OffsetError {
    /// Not of the form sign, digits, `d` or `wd`.
    #[error("「{0}」不是时间偏移；应写成 -3wd(三个工作日前)、+7d(七天后)、0d(当天)")]
    Malformed(String),
    /// More than ten years away.
    #[error("「{0}」超出范围，最多 3660 天")]
    TooFar(String),
}

impl Offset {
    /// Days, negative for before.
    #[must_use]
    pub fn days(self) -> i32 {
        self.days
    }

    /// What is counted.
    #[must_use]
    pub fn unit(self) -> OffsetUnit {
        self.unit
    }

    /// The date that lies this far from `date`; `None` outside the years of the calendar.
    #[must_use]
    pub fn apply(self, date: Date, calendar: &Calendar) -> Option<Date> {
        match self.unit {
            OffsetUnit::Natural => days::after(date, self.days),
            OffsetUnit::Working => calendar.add_working_days(date, self.days),
        }
    }
}

impl FromStr for Offset {
    type Err = OffsetError;

    fn from_str(text: &str) -> Result<Self, OffsetError> {
        let malformed = || OffsetError::Malformed(text.chars().take(20).collect());
        let (number, unit) = if let Some(number) = text.strip_suffix("wd") {
            (number, OffsetUnit::Working)
        } else {
            (text.strip_suffix('d').ok_or_else(malformed)?, OffsetUnit::Natural)
        };
        let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
        let signed = digits.len() < number.len();
        let value: i32 = match digits.len() {
            1..=9 if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().map_err(|_| malformed())?,
            _ => return Err(malformed()),
        };
        // Without a sign nobody can tell «before» from «after».
        if value != 0 && !signed {
            return Err(malformed());
        }
        if value > 3660 {
            return Err(OffsetError::TooFar(text.to_owned()));
        }
        Ok(Self { days: if number.starts_with('-') { -value } else { value }, unit })
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            OffsetUnit::Natural => "d",
            OffsetUnit::Working => "wd",
        };
        if self.days == 0 { write!(f, "0{unit}") } else { write!(f, "{:+}{unit}", self.days) }
    }
}

impl TryFrom<String> for Offset {
    type Error = OffsetError;

    fn try_from(text: String) -> Result<Self, OffsetError> {
        text.parse()
    }
}

impl From<Offset> for String {
    fn from(offset: Offset) -> Self {
        offset.to_string()
    }
}
