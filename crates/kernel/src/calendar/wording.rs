//! Dates and lateness in the words of pages and documents; Arabic numerals without padding (GB/T 9704-2012 7.3.5.4).

use super::days;
use jiff::civil::{Date, Weekday};

/// 「2026年1月5日」.
#[must_use]
pub fn full(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 「11月23日」.
#[must_use]
pub fn short(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// 「周一」.
#[must_use]
pub fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// 「11月23日 周一」 in the year of `today`, 「2025年11月24日 周一」 in another one.
#[must_use]
pub fn on_page(date: Date, today: Date) -> String {
    let day = if date.year() == today.year() { short(date) } else { full(date) };
    format!("{day} {}", weekday(date))
}

/// 「2026年9月26日—10月25日」; the year is said again only where it changes, and one day is said once.
#[must_use]
pub fn range(first: Date, last: Date) -> String {
    if first == last {
        full(first)
    } else if first.year() == last.year() {
        format!("{}—{}", full(first), short(last))
    } else {
        format!("{}—{}", full(first), full(last))
    }
}

/// Natural days by which `due` is overdue on `today`: 0 on the day itself and before it.
#[must_use]
pub fn overdue_days(due: Date, today: Date) -> i32 {
    days::between(due, today).max(0)
}

/// 「超期 3 天」, 「今天到期」, 「明天到期」 or 「还剩 5 天」, in natural days.
#[must_use]
pub fn due(due: Date, today: Date) -> String {
    match days::between(today, due) {
        0 => "今天到期".to_owned(),
        1 => "明天到期".to_owned(),
        left if left > 1 => format!("还剩 {left} 天"),
        late => format!("超期 {} 天", -late),
    }
}
