//! Checks the rows of a calendar and keeps those that are right.

use super::{Calendar, CalendarRows, Stretch, Term, days, is_weekend};
use crate::problem::{CALENDAR_ROW_INVALID, Problem};
use jiff::civil::Date;

/// A holiday or sensitive time is no longer than this; it also bounds what a hostile file can cost.
const LONGEST: i32 = 400;
/// Teaching of the first term may begin this many days before the school year does.
const EARLY: i32 = 31;

pub(super) fn checked(mut rows: CalendarRows) -> (Calendar, Vec<Problem>) {
    let mut problems = Vec::new();
    let school_year_start = month_day(&rows.school_year_start).unwrap_or_else(|| {
        problems.push(refuse("学年起始日", &rows.school_year_start, "应写成「月-日」，如 09-01"));
        rows.school_year_start = "09-01".to_owned();
        (9, 1)
    });
    for (list, stretches) in
        [("节假日", &mut rows.holidays), ("学校假期", &mut rows.school_breaks), ("敏感时段", &mut rows.sensitive)]
    {
        retain_stretches(list, stretches, &mut problems);
    }
    let holidays = &rows.holidays;
    rows.make_up_days.retain(|day| {
        let reason = if !is_weekend(day.date) {
            "不是周六或周日"
        } else if holidays.iter().any(|holiday| holiday.contains(day.date)) {
            "同时列为节假日"
        } else {
            return true;
        };
        problems.push(refuse("调休上班日", &format!("{} {}", day.name, day.date), reason));
        false
    });
    retain_terms(&mut rows.terms, school_year_start, &mut problems);
    rows.holidays.sort_by_key(|holiday| holiday.first);
    rows.make_up_days.sort_by_key(|day| day.date);
    (Calendar { rows, school_year_start }, problems)
}

fn refuse(list: &str, name: &str, reason: &str) -> Problem {
    Problem::new(&CALENDAR_ROW_INVALID, &[("list", &list), ("name", &name), ("reason", &reason)])
}

fn month_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // 2001 has no 29 February: a school year must begin every year.
    Date::new(2001, month, day).ok().map(|_| (month, day))
}

fn retain_stretches(list: &str, stretches: &mut Vec<Stretch>, problems: &mut Vec<Problem>) {
    stretches.retain(|stretch| {
        let reason = if stretch.name.trim().is_empty() {
            "没有名称"
        } else if stretch.last < stretch.first {
            "止日早于起日"
        } else if days::between(stretch.first, stretch.last) >= LONGEST {
            "超过400天"
        } else {
            return true;
        };
        let name = format!("{} {}—{}", stretch.name, stretch.first, stretch.last);
        problems.push(refuse(list, &name, reason));
        false
    });
}

fn retain_terms(terms: &mut Vec<Term>, start: (i8, i8), problems: &mut Vec<Problem>) {
    terms.sort_by_key(|term| (term.school_year, term.number));
    let mut kept: Vec<Term> = Vec::new();
    for term in terms.drain(..) {
        let reason = if term.last <= term.first {
            Some("止日不晚于起日")
        } else if !(1..=3).contains(&term.number) {
            Some("学期序号应为1、2或3")
        } else if !within_school_year(&term, start) {
            Some("起止日不在该学年内")
        } else if kept.iter().any(|other| other.first <= term.last && term.first <= other.last) {
            Some("与另一学期重叠或重复")
        } else {
            None
        };
        match reason {
            Some(reason) => problems.push(refuse("学期", &name(&term), reason)),
            None => kept.push(term),
        }
    }
    // With one term missing the other would silently stretch over its time, and change when the row arrives.
    let complete = |school_year: i16| {
        let of_year: Vec<&Term> = kept.iter().filter(|term| term.school_year == school_year).collect();
        of_year.len() >= 2
            && of_year.iter().zip(1..).all(|(term, number)| term.number == number)
            && of_year.is_sorted_by(|one, next| one.last < next.first)
    };
    let (whole, partial): (Vec<Term>, Vec<Term>) = kept.iter().cloned().partition(|term| complete(term.school_year));
    problems.extend(partial.iter().map(|term| refuse("学期", &name(term), "该学年的学期没有列全，或先后颠倒")));
    *terms = whole;
}

fn within_school_year(term: &Term, (month, day): (i8, i8)) -> bool {
    let bounds = (Date::new(term.school_year, month, day), Date::new(term.school_year.saturating_add(1), month, day));
    let (Ok(first), Ok(next)) = bounds else { return false };
    let early = if term.number == 1 { EARLY } else { 0 };
    days::after(first, -early).is_some_and(|earliest| earliest <= term.first) && term.last < next
}

fn name(term: &Term) -> String {
    format!("{}学年第{}学期", term.school_year, term.number)
}
