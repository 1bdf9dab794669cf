//! Exact values: what an indicator yields before it is rounded and printed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A value without rounding. Missing is not zero, and a rate keeps its denominator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exact {
    /// Nothing was reported or nothing can be said; printed 「—」.
    Missing,
    /// Known, but hidden because too few people are behind it; printed 「*」.
    Suppressed,
    /// A rate: numerator over denominator; with denominator 0 it has no value and prints 「—」.
    Ratio {
        /// What is counted.
        numerator: i64,
        /// Out of how many; negative never occurs.
        denominator: i64,
    },
    /// A number: `scaled` ÷ 10^`scale`; counts have scale 0, money in 元 has scale 2.
    Number {
        /// The number without its decimal point.
        scaled: i64,
        /// Decimal places, at most 18.
        scale: u8,
    },
    /// A civil date.
    Date(Date),
    /// Words or a code.
    Text(String),
}

impl Exact {
    /// A count.
    #[must_use]
    pub fn count(number: i64) -> Self {
        Self::Number { scaled: number, scale: 0 }
    }

    /// A rate.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Self {
        Self::Ratio { numerator, denominator }
    }

    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// What kind of value it is, in Chinese, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "空值",
            Self::Suppressed => "隐去的小数目",
            Self::Ratio { .. } => "比率",
            Self::Number { .. } => "数",
            Self::Date(_) => "日期",
            Self::Text(_) => "文字",
        }
    }

    /// Numerator and positive denominator of a number or rate; `None` when there is no value to calculate with.
    #[must_use]
    pub(crate) fn fraction(&self) -> Option<(i128, i128)> {
        match *self {
            Self::Ratio { numerator, denominator } if denominator != 0 => {
                let sign = i128::from(denominator.signum());
                Some((i128::from(numerator) * sign, i128::from(denominator).abs()))
            }
            Self::Number { scaled, scale } => Some((i128::from(scaled), power_of_ten(scale)?)),
            _ => None,
        }
    }

    /// The value for conditions and charts; a rate is between 0 and 1. `None` when there is none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for comparing and drawing only; printing stays exact")]
    pub fn approximate(&self) -> Option<f64> {
        self.fraction().map(|(numerator, denominator)| numerator as f64 / denominator as f64)
    }
}

/// 10^places, or `None` beyond what 64-bit scaled numbers can mean.
pub(super) fn power_of_ten(places: u8) -> Option<i128> {
    (places <= 18).then(|| 10_i128.pow(u32::from(places)))
}

/// `numerator` × `factor` ÷ `denominator`, rounded half away from zero (四舍五入) to `places`, printed plainly.
pub(super) fn decimal(numerator: i128, denominator: i128, places: u8) -> Option<String> {
    let scale = power_of_ten(places)?;
    let twice = numerator.abs().checked_mul(scale)?.checked_mul(2)?;
    let rounded = twice.checked_add(denominator)?.checked_div(denominator.checked_mul(2)?)?;
    let sign = if numerator < 0 && rounded != 0 { "-" } else { "" };
    let (whole, rest) = (rounded / scale, rounded % scale);
    Some(if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = usize::from(places))
    })
}
