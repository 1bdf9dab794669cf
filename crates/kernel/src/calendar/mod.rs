//! The calendar of an installation: which days are worked, taught or sensitive, and how deadlines count on them.
//!
//! How to use it: [`Calendar::read`] a file once, then ask. [`CHINA`] is the file shipped for 2025–2027.

mod check;
pub mod days;
mod offset;
mod rows;
pub mod wording;
mod working;

pub use offset::{Offset, OffsetError, OffsetUnit};
pub use rows::{CalendarRows, MakeUpDay, Stretch, Term};

use crate::problem::{CALENDAR_UNREADABLE, Place, Problem};
use jiff::civil::Date;

/// The shipped calendar: statutory holidays and make-up days of the State Council's notices, usual terms and sensitive times.
/// Rows that nobody has compared with a source say `"verified": false`.
pub const CHINA: &str = include_str!("../../data/calendar-cn.json");

/// A checked calendar. Every question about it is total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    rows: CalendarRows,
    school_year_start: (i8, i8),
}

impl Default for Calendar {
    /// No terms and no holidays: Monday to Friday are worked, school years begin on 1 September.
    fn default() -> Self {
        Self::new(CalendarRows {
            school_year_start: "09-01".to_owned(),
            terms: Vec::new(),
            holidays: Vec::new(),
            make_up_days: Vec::new(),
            school_breaks: Vec::new(),
            sensitive: Vec::new(),
        })
        .0
    }
}

impl Calendar {
    /// The calendar of these rows without those that are wrong, and a problem for each of those.
    #[must_use]
    pub fn new(rows: CalendarRows) -> (Self, Vec<Problem>) {
        check::checked(rows)
    }

    /// Reads a calendar file (JSON, see [`CalendarRows`]); `file` is named in the problems.
    #[must_use]
    pub fn read(file: &str, text: &str) -> (Self, Vec<Problem>) {
        match serde_json::from_str::<CalendarRows>(text) {
            Ok(rows) => {
                let (calendar, problems) = Self::new(rows);
                let place = Place { file: Some(file.to_owned()), ..Place::default() };
                (calendar, problems.into_iter().map(|problem| problem.at(place.clone())).collect())
            }
            Err(error) => {
                let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
                let column = u32::try_from(error.column()).unwrap_or(u32::MAX);
                let problem = Problem::new(&CALENDAR_UNREADABLE, &[("reason", &error)]);
                (Self::default(), vec![problem.at(Place::line(file, line, column))])
            }
        }
    }

    /// The rows that it answers from, sorted by date.
    #[must_use]
    pub fn rows(&self) -> &CalendarRows {
        &self.rows
    }

    /// Whether offices work: a make-up day, or Monday to Friday outside holidays.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.rows.make_up_days.iter().any(|day| day.date == date)
            || (!is_weekend(date) && self.holiday_on(date).is_none())
    }

    /// The holiday that the date lies in.
    #[must_use]
    pub fn holiday_on(&self, date: Date) -> Option<&Stretch> {
        self.rows.holidays.iter().find(|holiday| holiday.contains(date))
    }

    /// Whether pupils are taught: a working day between the first and last day of a term, outside school breaks.
    #[must_use]
    pub fn is_school_day(&self, date: Date) -> bool {
        self.term_of(date).is_some()
            && self.is_working_day(date)
            && !self.rows.school_breaks.iter().any(|school_break| school_break.contains(date))
    }

    /// The term whose teaching days span the date; `None` in the vacations.
    #[must_use]
    pub fn term_of(&self, date: Date) -> Option<&Term> {
        self.rows.terms.iter().find(|term| term.first <= date && date <= term.last)
    }

    /// The terms of a school year in order of their number.
    pub fn terms_of(&self, school_year: i16) -> impl DoubleEndedIterator<Item = &Term> {
        self.rows.terms.iter().filter(move |term| term.school_year == school_year)
    }

    /// Names of the sensitive times that the date lies in, each once, in the order of the file.
    #[must_use]
    pub fn sensitive_on(&self, date: Date) -> Vec<&str> {
        let mut names = Vec::new();
        for stretch in self.rows.sensitive.iter().filter(|stretch| stretch.contains(date)) {
            if !names.contains(&stretch.name.as_str()) {
                names.push(stretch.name.as_str());
            }
        }
        names
    }

    /// The sensitive times that touch these days, both included, in the order of the file: for what lies ahead.
    pub fn sensitive_between(&self, first: Date, last: Date) -> impl Iterator<Item = &Stretch> {
        self.rows.sensitive.iter().filter(move |stretch| stretch.first <= last && first <= stretch.last)
    }

    /// Month and day on which school years begin.
    #[must_use]
    pub fn school_year_start(&self) -> (i8, i8) {
        self.school_year_start
    }

    /// The school year that the date belongs to, by the year in which it begins.
    #[must_use]
    pub fn school_year_of(&self, date: Date) -> i16 {
        if (date.month(), date.day()) >= self.school_year_start { date.year() } else { date.year().saturating_sub(1) }
    }
}

fn is_weekend(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() >= 5
}

#[cfg(test)]
mod tests;
