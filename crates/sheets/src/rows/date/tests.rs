//! Every form of date that standards list, and those that only a period explains.

use super::*;
use jiff::civil::date;

const OCTOBER: Option<Anchor> = Some(Anchor::Near(date(2026, 10, 15)));

#[test]
fn full_dates_are_read_in_every_usual_form() {
    for text in [
        "2026-10-08",
        "2026/10/8",
        "2026.10.8",
        "2026年10月8日",
        "20261008",
        "２０２６年１０月８日",
        " 2026 年 10 月 8 日 ",
        "2026-10-08 14:30",
        "2026/10/8 下午2:30",
        "2026年10月8号",
        "26.10.8",
        "261008",
        "2026年10月8日前",
        "2026-10-08T00:00:00",
        "2026年10月8日(星期四)",
        "2026.10.08.",
        "46303",
        "2026·10·8",
        "二〇二六年十月八日",
        "二○二六年十月八日前",
        "二零二六年十月八号",
    ] {
        assert_eq!(parse_text(text, None).map(|read| read.date), Ok(date(2026, 10, 8)), "{text}");
    }
}

#[test]
fn days_without_a_year_take_the_one_nearest_to_the_period() {
    for (text, day) in [
        ("10.8", date(2026, 10, 8)),
        ("10月8日", date(2026, 10, 8)),
        ("10/8", date(2026, 10, 8)),
        ("10月8日前", date(2026, 10, 8)),
        ("1月10日前", date(2027, 1, 10)),
        ("10月底", date(2026, 10, 31)),
        ("10月底前", date(2026, 10, 31)),
        ("1008", date(2026, 10, 8)),
        ("十月八日", date(2026, 10, 8)),
        ("十月二十八日", date(2026, 10, 28)),
        ("十一月三十日前", date(2026, 11, 30)),
    ] {
        assert_eq!(parse_text(text, OCTOBER).map(|read| read.date), Ok(day), "{text}");
    }
    assert_eq!(
        parse_text("12.28", Some(Anchor::Near(date(2026, 1, 15)))).map(|read| read.date),
        Ok(date(2025, 12, 28))
    );
    assert_eq!(parse_text("10.8", None), Err(Wrong::NoYear));
}

#[test]
fn of_two_days_the_first_is_suggested() {
    for text in ["10.8至10.12", "10月8日~12日", "2026-10-08到2026-10-12"] {
        assert_eq!(parse_text(text, OCTOBER), Err(Wrong::NotADate(Some(date(2026, 10, 8)))), "{text}");
    }
    assert_eq!(parse_text("至今", OCTOBER), Err(Wrong::NotADate(None)));
}

#[test]
fn what_is_no_date_is_said_with_the_likeliest_correction() {
    assert_eq!(parse_text("2026-02-30", None), Err(Wrong::NotADate(Some(date(2026, 2, 28)))));
    assert_eq!(parse_text("10/8/2026", None), Err(Wrong::Either(date(2026, 10, 8), date(2026, 8, 10))));
    assert_eq!(parse_text("10/28/2026", None).map(|read| read.date), Ok(date(2026, 10, 28)));
    for text in ["长期", "立即", "2026年10月", "13.40", "第8周", "", "2026-13-01", "9999999999999"] {
        assert_eq!(parse_text(text, OCTOBER), Err(Wrong::NotADate(None)), "{text}");
    }
}

#[test]
fn numbers_are_serials_or_days_whose_last_digit_may_be_lost() {
    assert_eq!(parse_number(46_303.0, false, None).map(|read| read.date), Ok(date(2026, 10, 8)));
    assert_eq!(parse_number(44_841.0, true, None).map(|read| read.date), Ok(date(2026, 10, 8)));
    assert_eq!(parse_number(20_261_008.0, false, None).map(|read| read.date), Ok(date(2026, 10, 8)));
    assert_eq!(parse_number(10.8, false, OCTOBER), Ok(Read { date: date(2026, 10, 8), other: None }));
    assert_eq!(
        parse_number(10.2, false, OCTOBER),
        Ok(Read { date: date(2026, 10, 2), other: Some(date(2026, 10, 20)) })
    );
}
