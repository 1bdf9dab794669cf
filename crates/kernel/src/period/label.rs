//! Chinese names of periods.

use super::{Period, PeriodKey};
use crate::calendar::wording;

pub(super) fn label(period: &Period) -> String {
    let number = |number: i8| match number {
        1 => "一",
        2 => "二",
        3 => "三",
        _ => "四",
    };
    match period.key {
        PeriodKey::Day(date) => wording::full(date),
        PeriodKey::Week(year, week) => {
            format!("{year}年第{week}周({}—{})", wording::short(period.first), wording::short(period.last))
        }
        PeriodKey::TenDay(year, month, third) => {
            let third = match third {
                1 => "上",
                2 => "中",
                _ => "下",
            };
            format!("{year}年{month}月{third}旬")
        }
        PeriodKey::Month(year, month) => format!("{year}年{month}月"),
        PeriodKey::MonthTo25(..) => wording::range(period.first, period.last),
        PeriodKey::Quarter(year, quarter) => format!("{year}年第{}季度", number(quarter)),
        PeriodKey::Term(year, term) => format!("{year}—{}学年度第{}学期", year + 1, number(term)),
        PeriodKey::SchoolYear(year) => format!("{year}—{}学年度", year + 1),
        PeriodKey::Year(year) => format!("{year}年"),
    }
}
