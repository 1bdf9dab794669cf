//! The kinds of periods that rounds, indicators and reports are made for.

use serde::{Deserialize, Serialize};

/// A kind of period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// 日, `2026-10-31`.
    Day,
    /// 周, Monday to Sunday by ISO 8601, `2026-W44`.
    Week,
    /// 旬: days 1–10, 11–20 and 21 to the month's end, `2026-10-X3`.
    TenDay,
    /// 月, `2026-10`.
    Month,
    /// 上月26日—本月25日, `2026-10@25`.
    #[serde(rename = "month_to_25")]
    MonthTo25,
    /// 季度, `2026-Q4`.
    Quarter,
    /// 学期 with the vacation after it, `2026-2027-1`.
    Term,
    /// 学年, `2026-2027`.
    SchoolYear,
    /// 年, `2026`.
    Year,
}

impl PeriodKind {
    /// Every kind, from the shortest.
    pub const ALL: [Self; 9] = [
        Self::Day,
        Self::Week,
        Self::TenDay,
        Self::Month,
        Self::MonthTo25,
        Self::Quarter,
        Self::Term,
        Self::SchoolYear,
        Self::Year,
    ];

    /// Chinese name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => "日",
            Self::Week => "周",
            Self::TenDay => "旬",
            Self::Month => "月",
            Self::MonthTo25 => "月(上月26日—本月25日)",
            Self::Quarter => "季度",
            Self::Term => "学期",
            Self::SchoolYear => "学年",
            Self::Year => "年",
        }
    }

    /// Stable key, as packs write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::TenDay => "ten_day",
            Self::Month => "month",
            Self::MonthTo25 => "month_to_25",
            Self::Quarter => "quarter",
            Self::Term => "term",
            Self::SchoolYear => "school_year",
            Self::Year => "year",
        }
    }

    /// The kind of this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
