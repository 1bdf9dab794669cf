//! What periods promise: their keys round-trip, the periods of a kind tile time, their names are the field's.

use super::*;
use crate::calendar::{CHINA, days};
use jiff::civil::date;
use proptest::prelude::*;

fn china() -> Calendar {
    Calendar::read("calendar-cn.json", CHINA).0
}

#[test]
fn a_key_names_its_days_and_its_label() {
    let check = |key: &str, first: Date, last: Date, label: &str| {
        let period = Period::parse(key, &china()).unwrap();
        assert_eq!((period.first(), period.last(), period.label().as_str()), (first, last, label), "{key}");
    };
    check("2026-10-31", date(2026, 10, 31), date(2026, 10, 31), "2026年10月31日");
    check("2026-W44", date(2026, 10, 26), date(2026, 11, 1), "2026年第44周(10月26日—11月1日)");
    check("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "2026年第53周(12月28日—1月3日)");
    check("2026-02-X3", date(2026, 2, 21), date(2026, 2, 28), "2026年2月下旬");
    check("2026-10", date(2026, 10, 1), date(2026, 10, 31), "2026年10月");
    check("2026-10@25", date(2026, 9, 26), date(2026, 10, 25), "2026年9月26日—10月25日");
    check("2026-01@25", date(2025, 12, 26), date(2026, 1, 25), "2025年12月26日—2026年1月25日");
    check("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度");
    check("2026-2027", date(2026, 9, 1), date(2027, 8, 31), "2026—2027学年度");
    check("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年");
}

#[test]
fn a_term_counts_its_vacation() {
    let check = |key: &str, first: Date, last: Date| {
        let period = Period::parse(key, &china()).unwrap();
        assert_eq!((period.first(), period.last()), (first, last), "{key}");
    };
    check("2026-2027-1", date(2026, 9, 1), date(2027, 2, 21));
    check("2026-2027-2", date(2027, 2, 22), date(2027, 8, 31));
    // Teaching began on 2 September that year; the day before counts to the new term all the same.
    check("2024-2025-1", date(2024, 9, 1), date(2025, 2, 16));
    let first = Period::parse("2026-2027-1", &china()).unwrap();
    assert_eq!(first.label(), "2026—2027学年度第一学期");
    assert_eq!(first.previous(&china()).unwrap().to_string(), "2025-2026-2");
    assert_eq!(first.year_ago(&china()).unwrap().to_string(), "2025-2026-1");
}

#[test]
fn a_year_ago_is_the_same_place_in_the_year_before() {
    let check = |key: &str, expected: &str| {
        let period = Period::parse(key, &china()).unwrap();
        assert_eq!(period.year_ago(&china()).unwrap().to_string(), expected, "{key}");
    };
    check("2024-02-29", "2023-02-28");
    check("2026-W53", "2025-W52");
    check("2026-W44", "2025-W44");
    check("2026-10-X3", "2025-10-X3");
    check("2026-10@25", "2025-10@25");
    check("2026-Q1", "2025-Q1");
    check("2026-2027", "2025-2026");
}

#[test]
fn a_run_up_ends_with_the_period_itself() {
    let run_up = |key: &str, count: usize| -> Vec<String> {
        let periods = Period::parse(key, &china()).unwrap().run_up(count, &china());
        periods.iter().map(ToString::to_string).collect()
    };
    assert_eq!(run_up("2026-01@25", 3), ["2025-11@25", "2025-12@25", "2026-01@25"]);
    assert_eq!(run_up("2025-2026-1", 99), ["2024-2025-1", "2024-2025-2", "2025-2026-1"]);
    assert_eq!(run_up("2026", 0), Vec::<String>::new());
}

#[test]
fn what_is_no_key_is_refused() {
    for wrong in [
        "",
        "-",
        "26",
        "2026-",
        "2026-1",
        "2026-13",
        "2026-00",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "2026-w44",
        "2026-10-X4",
        "2026-10@26",
        "2026-Q5",
        "2026-2028",
        "2026-2027-0",
        "2026-2027-4",
        "2026-02-30",
        "2026-10-1",
        "+026-10",
        "２０２６",
        "2026-10-31-1",
        "2026-10-31T00:00",
        "1899",
        "2201",
        "9999-12-31",
    ] {
        assert!(Period::parse(wrong, &china()).is_err(), "{wrong}");
    }
}

#[test]
fn a_term_that_no_calendar_lists_is_refused_by_name() {
    let error = Period::parse("2030-2031-1", &china()).unwrap_err();
    assert_eq!(error.to_string(), "校历里没有2030—2031学年度第1学期，请先在校历中补上");
    assert!(Period::containing(PeriodKind::Term, date(2030, 10, 1), &china()).is_err());
    assert!(Problem::from(error).is(&PERIOD_INVALID));
}

#[test]
fn a_period_is_stored_as_its_key() {
    let period = Period::parse("2026-10@25", &china()).unwrap();
    assert_eq!(serde_json::to_string(&period).unwrap(), "\"2026-10@25\"");
    assert_eq!(serde_json::from_str::<PeriodKey>("\"2026-10@25\"").unwrap(), period.key());
    assert_eq!(serde_json::to_string(&PeriodKind::MonthTo25).unwrap(), "\"month_to_25\"");
}

proptest! {
    #[test]
    fn periods_of_a_kind_tile_time(kind in prop::sample::select(PeriodKind::ALL.as_slice()), n in 0..1000i32) {
        let calendar = china();
        let day = days::after(date(2025, 3, 1), n).unwrap();
        let period = Period::containing(kind, day, &calendar).unwrap();
        prop_assert!(period.contains(day) && period.first() <= period.last());
        prop_assert_eq!(Period::containing(kind, period.first(), &calendar).unwrap(), period);
        prop_assert_eq!(Period::containing(kind, period.last(), &calendar).unwrap(), period);
        let next = period.next(&calendar).unwrap();
        prop_assert_eq!(next.first(), period.last().tomorrow().unwrap());
        prop_assert_eq!(next.previous(&calendar).unwrap(), period);
        prop_assert!(period.key() < next.key());
    }

    #[test]
    fn a_key_reads_back_as_its_period(kind in prop::sample::select(PeriodKind::ALL.as_slice()), n in 0..1000i32) {
        let calendar = china();
        let period = Period::containing(kind, days::after(date(2025, 3, 1), n).unwrap(), &calendar).unwrap();
        prop_assert_eq!(Period::parse(&period.to_string(), &calendar).unwrap(), period);
    }

    #[test]
    fn no_text_and_no_date_panics(text in "\\PC{0,14}", key in "[0-9]{4}(-[0-9QWX]{1,4}){0,2}(@25)?",
                                  year in -9999i16..=9999, kind in prop::sample::select(PeriodKind::ALL.as_slice())) {
        let calendar = china();
        for text in [text, key] {
            if let Ok(period) = Period::parse(&text, &calendar) {
                let _ = (period.next(&calendar), period.previous(&calendar), period.year_ago(&calendar), period.label());
            }
        }
        let _ = Period::containing(kind, date(year, 12, 31), &calendar);
    }
}
