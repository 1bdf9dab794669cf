//! The calendar as it is written in a file: terms, holidays, make-up days, breaks and sensitive times, each with its source.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A term 学期 as the education bureau publishes it: its first and last day for pupils.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Year in which the school year begins: 2026 for 2026—2027学年度.
    pub school_year: i16,
    /// 1 for the first term, 2 for the second, 3 for a third one (小学期).
    pub number: i8,
    /// First day of teaching (开学日).
    pub first: Date,
    /// Last day of teaching (放假前一日).
    pub last: Date,
    /// Document that published it.
    #[serde(default)]
    pub source: String,
    /// Whether somebody has compared the row with its source.
    #[serde(default)]
    pub verified: bool,
}

/// A named run of days, both ends included: a holiday, a school break or a sensitive time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Name as people say it: 春节, 秋假, 全国两会. A name may come again in another year.
    pub name: String,
    /// First day.
    pub first: Date,
    /// Last day, included.
    pub last: Date,
    /// Document that set it.
    #[serde(default)]
    pub source: String,
    /// Whether somebody has compared the row with its source.
    #[serde(default)]
    pub verified: bool,
}

impl Stretch {
    /// Whether the date lies in it.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }
}

/// A weekend day on which people work, 调休.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    /// The day worked.
    pub date: Date,
    /// The holiday it makes up for.
    pub name: String,
    /// Document that set it.
    #[serde(default)]
    pub source: String,
    /// Whether somebody has compared the row with its source.
    #[serde(default)]
    pub verified: bool,
}

/// A calendar file. [`super::Calendar::new`] checks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarRows {
    /// First day of the school year as `MM-DD`; 09-01 when absent.
    #[serde(default = "first_of_september")]
    pub school_year_start: String,
    /// Terms; a school year lists all of its terms or none.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// Days off for everybody, weekends inside them included.
    #[serde(default)]
    pub holidays: Vec<Stretch>,
    /// Weekend days worked.
    #[serde(default)]
    pub make_up_days: Vec<MakeUpDay>,
    /// Days off for pupils inside a term (秋假, 春假), on which offices work.
    #[serde(default)]
    pub school_breaks: Vec<Stretch>,
    /// Sensitive times 敏感时段 that switch cadences: 两会, 双节, 中高考, 汛期, 取暖季.
    #[serde(default)]
    pub sensitive: Vec<Stretch>,
}

fn first_of_september() -> String {
    "09-01".to_owned()
}
