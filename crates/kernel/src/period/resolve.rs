//! From keys to days and from days to keys.

use super::{PeriodError, PeriodKey, PeriodKind};
use crate::calendar::{Calendar, Term};
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// First and last day of a key.
pub(super) fn ends(key: PeriodKey, calendar: &Calendar) -> Result<(Date, Date), PeriodError> {
    let key = key.in_range()?;
    let malformed = |_| PeriodError::Malformed(key.to_string());
    let date = |year, month, day| Date::new(year, month, day).map_err(malformed);
    Ok(match key {
        PeriodKey::Day(day) => (day, day),
        PeriodKey::Week(year, week) => {
            let day = |weekday| ISOWeekDate::new(year, week, weekday).map(ISOWeekDate::date).map_err(malformed);
            (day(Weekday::Monday)?, day(Weekday::Sunday)?)
        }
        PeriodKey::TenDay(year, month, third) => {
            let first = date(year, month, (third - 1) * 10 + 1)?;
            (first, if third == 3 { first.last_of_month() } else { date(year, month, third * 10)? })
        }
        PeriodKey::Month(year, month) => {
            let first = date(year, month, 1)?;
            (first, first.last_of_month())
        }
        PeriodKey::MonthTo25(year, 1) => (date(year - 1, 12, 26)?, date(year, 1, 25)?),
        PeriodKey::MonthTo25(year, month) => (date(year, month - 1, 26)?, date(year, month, 25)?),
        PeriodKey::Quarter(year, quarter) => {
            (date(year, quarter * 3 - 2, 1)?, date(year, quarter * 3, 1)?.last_of_month())
        }
        PeriodKey::Term(school_year, number) => term(school_year, number, calendar)?,
        PeriodKey::SchoolYear(year) => school_year(year, calendar)?,
        PeriodKey::Year(year) => (date(year, 1, 1)?, date(year, 12, 31)?),
    })
}

fn school_year(year: i16, calendar: &Calendar) -> Result<(Date, Date), PeriodError> {
    let (month, day) = calendar.school_year_start();
    let out = |_| PeriodError::OutOfRange(year);
    let next = Date::new(year + 1, month, day).map_err(out)?;
    Ok((Date::new(year, month, day).map_err(out)?, next.yesterday().map_err(out)?))
}

fn term(year: i16, number: i8, calendar: &Calendar) -> Result<(Date, Date), PeriodError> {
    let unknown = PeriodError::TermUnknown(year, number);
    let (mut first, mut last) = school_year(year, calendar)?;
    let term = calendar.terms_of(year).find(|term| term.number == number).ok_or(unknown)?;
    if number > 1 {
        first = term.first;
    }
    if let Some(next) = calendar.terms_of(year).find(|next| next.number == number + 1) {
        last = next.first.yesterday().map_err(|_| PeriodError::OutOfRange(year))?;
    }
    Ok((first, last))
}

/// The key of the period of this kind that the date lies in.
pub(super) fn containing(kind: PeriodKind, date: Date, calendar: &Calendar) -> Result<PeriodKey, PeriodError> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    PeriodKey::Year(year).in_range()?;
    let key = match kind {
        PeriodKind::Day => PeriodKey::Day(date),
        PeriodKind::Week => {
            let week = date.iso_week_date();
            PeriodKey::Week(week.year(), week.week())
        }
        PeriodKind::TenDay => PeriodKey::TenDay(year, month, ((day - 1) / 10 + 1).min(3)),
        PeriodKind::Month => PeriodKey::Month(year, month),
        PeriodKind::MonthTo25 if day <= 25 => PeriodKey::MonthTo25(year, month),
        PeriodKind::MonthTo25 if month == 12 => PeriodKey::MonthTo25(year + 1, 1),
        PeriodKind::MonthTo25 => PeriodKey::MonthTo25(year, month + 1),
        PeriodKind::Quarter => PeriodKey::Quarter(year, (month - 1) / 3 + 1),
        PeriodKind::Term => {
            let school_year = calendar.school_year_of(date);
            let begun = |term: &&Term| term.number == 1 || term.first <= date;
            let term = calendar.terms_of(school_year).rfind(begun);
            PeriodKey::Term(school_year, term.ok_or(PeriodError::TermUnknown(school_year, 1))?.number)
        }
        PeriodKind::SchoolYear => PeriodKey::SchoolYear(calendar.school_year_of(date)),
        PeriodKind::Year => PeriodKey::Year(year),
    };
    key.in_range()
}
