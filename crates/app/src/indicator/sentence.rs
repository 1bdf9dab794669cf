//! An indicator in a sentence that says the point: how much, against when, and for how long it has gone one way.

use super::value::{difference, order, printed};
use crate::ports::Exact;
use std::cmp::Ordering;
use yanpan_kernel::{
    indicator::{Definition, Measure},
    period::PeriodKind,
};

/// Fewest steps one way that are worth a word.
const LEAST_STEPS: usize = 3;

/// What a sentence is about.
pub(super) struct Point<'a> {
    /// Indicator.
    pub definition: &'a Definition,
    /// Its value.
    pub value: &'a Exact,
    /// The value of the period before, and what people call that.
    pub previous: (&'a Exact, &'a str),
    /// The value a year ago.
    pub year_ago: &'a Exact,
    /// 「截至10月8日」, while the period has not ended: then nothing is compared with whole periods.
    pub so_far: Option<String>,
}

/// 「超期隐患数9处,比上月减少3处,比上年同期增加1处」.
pub(super) fn sentence(point: &Point<'_>) -> String {
    let definition = point.definition;
    let title = &definition.title;
    let Some(size) = printed(definition, point.value) else {
        let why = if *point.value == Exact::Suppressed { "人数过少，不显示" } else { "没有数据" };
        return format!("{title}：{why}");
    };
    if let Some(so_far) = &point.so_far {
        return format!("{title}{size}({so_far}，本期未结束)");
    }
    let previous = compared(definition, point.value, point.previous);
    let year_ago = compared(definition, point.value, (point.year_ago, "上年同期"));
    [Some(format!("{title}{size}")), previous, year_ago].into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// 「比上月减少3处」, 「比上月提高3.2个百分点」, 「与上月持平」.
fn compared(definition: &Definition, now: &Exact, (then, word): (&Exact, &str)) -> Option<String> {
    let (sign, size) = difference(definition, now, then)?;
    let rate = definition.unit == "%";
    Some(match sign {
        Ordering::Equal => format!("与{word}持平"),
        Ordering::Greater => format!("比{word}{}{size}", if rate { "提高" } else { "增加" }),
        Ordering::Less => format!("比{word}{}{size}", if rate { "下降" } else { "减少" }),
    })
}

/// 「超期隐患数连续三周下降」, for values in the order of time; `None` where the last three steps do not go one way.
pub(super) fn trend(definition: &Definition, kind: PeriodKind, values: &[Exact]) -> Option<String> {
    let steps = values.windows(2).rev().map(|pair| match pair {
        [then, now] => difference(definition, now, then).map(|(sign, _)| sign),
        _ => None,
    });
    let mut steps = steps.peekable();
    let way = (*steps.peek()?)?;
    let count = steps.take_while(|step| *step == Some(way)).count();
    if count < LEAST_STEPS {
        return None;
    }
    let word = match way {
        Ordering::Equal => "持平",
        Ordering::Greater => "上升",
        Ordering::Less => "下降",
    };
    Some(format!("{}连续{}{}{word}", definition.title, chinese(count), measure_word(kind)))
}

/// 「消防最多(41处)」; of rates 「甲镇最高(92.5%),乙镇最低(70%)」. Rows that are not to be compared are left out by the caller.
pub(super) fn ranked(definition: &Definition, rows: &[(&str, &Exact)]) -> Option<String> {
    let comparable = || rows.iter().filter(|(_, value)| order(value, value).is_some());
    let by_value = |one: &&(&str, &Exact), other: &&(&str, &Exact)| order(one.1, other.1).unwrap_or(Ordering::Equal);
    // Of equals the first in the bureau's order is named.
    let top = comparable().rev().max_by(by_value)?;
    let bottom = comparable().min_by(by_value)?;
    if order(top.1, bottom.1) == Some(Ordering::Equal) {
        return None;
    }
    let named = |(title, value): &(&str, &Exact), word: &str| {
        printed(definition, value).map(|size| format!("{title}{word}({size})"))
    };
    if definition.measure == Measure::Rate {
        Some(format!("{},{}", named(top, "最高")?, named(bottom, "最低")?))
    } else {
        named(top, "最多")
    }
}

fn measure_word(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => "天",
        PeriodKind::Week => "周",
        PeriodKind::TenDay => "旬",
        PeriodKind::Month | PeriodKind::MonthTo25 => "个月",
        PeriodKind::Quarter => "个季度",
        PeriodKind::Term => "个学期",
        PeriodKind::SchoolYear => "个学年",
        PeriodKind::Year => "年",
    }
}

fn chinese(count: usize) -> String {
    let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    digits.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use yanpan_kernel::indicator::Direction;

    fn definition(unit: &str, measure: Measure) -> Definition {
        let [key, title, sql] = ["overdue", "超期隐患数", ""].map(str::to_owned);
        let (unit, direction, dimensions) = (unit.to_owned(), Direction::Down, Vec::new());
        Definition { key, title, sql, dimensions, measure, unit, direction, persons: false, tile: None, rows: None }
    }

    fn check(unit: &str, [value, previous, year_ago]: [Exact; 3], so_far: Option<&str>, expected: &str) {
        let measure = if matches!(value, Exact::Ratio(..)) { Measure::Rate } else { Measure::Sum };
        let point = Point {
            definition: &definition(unit, measure),
            value: &value,
            previous: (&previous, "上月"),
            year_ago: &year_ago,
            so_far: so_far.map(str::to_owned),
        };
        assert_eq!(sentence(&point), expected);
    }

    #[test]
    fn counts_are_compared_in_their_own_unit_and_rates_in_points() {
        let counts = [9, 12, 8].map(Exact::Count);
        check("处", counts, None, "超期隐患数9处，比上月减少3处，比上年同期增加1处");
        let rates = [Exact::Ratio(100, 109), Exact::Ratio(77, 87), Exact::Ratio(200, 218)];
        check("%", rates, None, "超期隐患数91.7%，比上月提高3.2个百分点，与上年同期持平");
        let each = [Exact::Ratio(26, 10), Exact::Ratio(13, 10), Exact::Missing];
        check("处", each, None, "超期隐患数2.6处，比上月增加1.3处");
    }

    #[test]
    fn a_difference_that_rounds_to_nothing_is_level_and_what_is_not_known_is_not_compared() {
        let rates = [Exact::Ratio(5001, 10_000), Exact::Ratio(5000, 10_000), Exact::Ratio(0, 0)];
        check("%", rates, None, "超期隐患数50%，与上月持平");
        check("处", [Exact::Missing, Exact::Count(1), Exact::Count(1)], None, "超期隐患数：没有数据");
        check("人", [Exact::Suppressed, Exact::Count(1), Exact::Count(1)], None, "超期隐患数：人数过少，不显示");
    }

    #[test]
    fn a_period_that_has_not_ended_is_not_compared_with_whole_ones() {
        let counts = [9, 12, 8].map(Exact::Count);
        check("处", counts, Some("截至10月8日"), "超期隐患数9处(截至10月8日，本期未结束)");
    }

    #[test]
    fn three_steps_one_way_are_a_trend_and_two_are_not() {
        let say = |values: &[i64]| {
            let values: Vec<Exact> = values.iter().copied().map(Exact::Count).collect();
            trend(&definition("处", Measure::Sum), PeriodKind::Week, &values)
        };
        assert_eq!(say(&[9, 12, 9, 7, 3]).as_deref(), Some("超期隐患数连续三周下降"));
        assert_eq!(say(&[1, 1, 1, 1, 1]).as_deref(), Some("超期隐患数连续四周持平"));
        assert_eq!(say(&[9, 10, 7, 3]), None);
        assert_eq!(say(&[3]), None);
    }

    #[test]
    fn the_highest_and_lowest_are_named_only_where_they_differ() {
        let rates = [Exact::Ratio(9, 10), Exact::Ratio(1, 2), Exact::Ratio(0, 0)];
        let rows = [("甲镇", &rates[0]), ("乙镇", &rates[1]), ("丙镇", &rates[2])];
        let rate = definition("%", Measure::Rate);
        assert_eq!(ranked(&rate, &rows).as_deref(), Some("甲镇最高(90%),乙镇最低(50%)"));
        assert_eq!(ranked(&rate, &[("甲镇", &rates[0]), ("丙镇", &rates[2])]), None);
        let counts = [3, 41].map(Exact::Count);
        let rows = [("食品", &counts[0]), ("消防", &counts[1])];
        assert_eq!(ranked(&definition("处", Measure::Sum), &rows).as_deref(), Some("消防最多(41处)"));
    }
}
