//! What days count as: worked, taught, sensitive, overdue; and that counting forth and back agrees.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn china() -> Calendar {
    let (calendar, problems) = Calendar::read("calendar-cn.json", CHINA);
    assert_eq!(problems, []);
    calendar
}

fn any_date() -> impl Strategy<Value = Date> {
    (0..1400i32).prop_map(|n| days::after(date(2024, 10, 1), n).unwrap())
}

#[test]
fn offices_work_on_weekdays_and_make_up_days_only() {
    let check = |day: Date, expected: bool| assert_eq!(china().is_working_day(day), expected, "{day}");
    check(date(2026, 11, 23), true);
    check(date(2026, 11, 22), false);
    check(date(2026, 10, 5), false);
    check(date(2026, 10, 10), true);
    check(date(2026, 2, 14), true);
    check(date(2026, 2, 15), false);
}

#[test]
fn pupils_are_taught_on_working_days_of_a_term_outside_breaks() {
    let text = r#"{"terms": [
        {"school_year": 2026, "number": 1, "first": "2026-09-01", "last": "2027-01-22"},
        {"school_year": 2026, "number": 2, "first": "2027-02-22", "last": "2027-07-09"}],
        "school_breaks": [{"name": "秋假", "first": "2026-11-11", "last": "2026-11-13"}]}"#;
    let (calendar, _) = Calendar::read("c.json", text);
    let check = |day: Date, expected: bool| assert_eq!(calendar.is_school_day(day), expected, "{day}");
    check(date(2026, 11, 10), true);
    check(date(2026, 11, 12), false);
    check(date(2026, 11, 14), false);
    check(date(2027, 2, 1), false);
    assert_eq!(calendar.term_of(date(2027, 2, 22)).map(|term| term.number), Some(2));
    assert_eq!(calendar.term_of(date(2027, 2, 21)), None);
}

#[test]
fn working_days_are_counted_without_the_first_day() {
    let check = |from: Date, n: i32, to: Date| assert_eq!(china().add_working_days(from, n), Some(to), "{from} {n}");
    check(date(2026, 9, 30), 1, date(2026, 10, 8));
    check(date(2026, 9, 30), 3, date(2026, 10, 10));
    check(date(2026, 10, 8), -1, date(2026, 9, 30));
    check(date(2026, 11, 22), 0, date(2026, 11, 22));
    check(date(2026, 11, 22), -3, date(2026, 11, 18));
    assert_eq!(china().add_working_days(date(2026, 1, 1), i32::MIN), None);
    assert_eq!(china().working_day_on_or_after(date(2026, 10, 3)), Some(date(2026, 10, 8)));
}

#[test]
fn a_date_names_each_sensitive_time_once() {
    assert_eq!(china().sensitive_on(date(2026, 3, 5)), ["全国两会", "取暖季"]);
    assert_eq!(china().sensitive_on(date(2026, 4, 20)), Vec::<&str>::new());
    let twice = r#"{"sensitive": [{"name": "汛期", "first": "2026-06-01", "last": "2026-07-31"},
        {"name": "汛期", "first": "2026-07-01", "last": "2026-09-30"}]}"#;
    let calendar = Calendar::read("c.json", twice).0;
    assert_eq!(calendar.sensitive_on(date(2026, 7, 10)), ["汛期"]);
    assert_eq!(calendar.sensitive_between(date(2026, 5, 1), date(2026, 6, 1)).count(), 1);
    assert_eq!(calendar.sensitive_between(date(2026, 10, 1), date(2026, 10, 31)).count(), 0);
}

#[test]
fn offsets_are_read_strictly_and_applied() {
    let check = |text: &str, expected: Option<Date>| {
        let offset = text.parse::<Offset>().ok();
        assert_eq!(offset.and_then(|offset| offset.apply(date(2026, 9, 30), &china())), expected, "{text}");
        assert!(offset.is_none_or(|offset| offset.to_string().parse() == Ok(offset)));
    };
    check("0d", Some(date(2026, 9, 30)));
    check("+7d", Some(date(2026, 10, 7)));
    check("-3wd", Some(date(2026, 9, 24)));
    check("+1wd", Some(date(2026, 10, 8)));
    for wrong in ["", "d", "wd", "7d", "+d", "+-1d", "+3.5d", "+3661d", "+99999999999d", "+3 d", "+三d", "3"] {
        check(wrong, None);
    }
}

#[test]
fn wrong_rows_are_named_and_left_out() {
    let text = r#"{"school_year_start": "2-30",
        "holidays": [{"name": "倒", "first": "2026-05-05", "last": "2026-05-01"},
                     {"name": "长", "first": "0001-01-01", "last": "9999-12-31"}],
        "make_up_days": [{"date": "2026-11-23", "name": "周一"}],
        "terms": [{"school_year": 2026, "number": 1, "first": "2026-09-01", "last": "2027-01-22"}]}"#;
    let (calendar, problems) = Calendar::read("c.json", text);
    assert_eq!(calendar, Calendar::default());
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 5, "{text:#?}");
    assert_eq!(text.get(1).unwrap(), "c.json:校历节假日「倒 2026-05-05—2026-05-01」没有采用：止日早于起日 [422.103]");
}

#[test]
fn an_unreadable_calendar_says_where() {
    let (_, problems) = Calendar::read("c.json", "{\n  \"terms\": 3}");
    assert_eq!(problems.first().and_then(|problem| problem.place.line), Some(2));
}

#[test]
fn dates_are_worded_as_people_write_them() {
    let today = date(2026, 11, 23);
    assert_eq!(wording::on_page(today, today), "11月23日 周一");
    assert_eq!(wording::on_page(date(2025, 1, 5), today), "2025年1月5日 周日");
    assert_eq!(wording::full(date(2026, 1, 5)), "2026年1月5日");
    assert_eq!(wording::range(date(2025, 12, 26), date(2026, 1, 25)), "2025年12月26日—2026年1月25日");
    let check = |due: Date, expected: &str| assert_eq!(wording::due(due, today), expected);
    check(date(2026, 11, 20), "超期 3 天");
    check(date(2026, 11, 23), "今天到期");
    check(date(2026, 11, 24), "明天到期");
    check(date(2026, 12, 1), "还剩 8 天");
    assert_eq!(wording::overdue_days(date(2026, 11, 20), today), 3);
    assert_eq!(wording::overdue_days(date(2026, 11, 24), today), 0);
}

proptest! {
    #[test]
    fn counting_working_days_forth_and_back_agrees(from in any_date(), n in -300i32..300) {
        let calendar = china();
        let to = calendar.add_working_days(from, n).unwrap();
        prop_assert!(n == 0 || calendar.is_working_day(to));
        prop_assert_eq!(calendar.working_days_between(from, to), n);
    }

    #[test]
    fn no_offset_text_panics(text in "[+-]?[0-9]{0,12}w?d?", day in any_date()) {
        if let Ok(offset) = text.parse::<Offset>() {
            let _ = offset.apply(day, &Calendar::default());
        }
    }
}
