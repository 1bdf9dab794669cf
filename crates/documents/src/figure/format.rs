//! Formats: how an exact value becomes the text inside a control.

use super::Exact;
use super::exact::decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The formats a template may name, for messages and for the manual.
pub const KNOWN_FORMATS: &str = "integer、decimal(n)、percent(n)、points(n)、change(n)、count_change、money、money_plain、date、short_date、days、text、one_of(码=字,…)";

/// How a value is printed. Written and stored as the text a template uses, for example `percent(1)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Format {
    /// Whole number: 118.
    Integer,
    /// Fixed decimal places: 2.6.
    Decimal(u8),
    /// A rate as per cent: 91.7%.
    Percent(u8),
    /// A difference of rates: 3.2个百分点.
    Points(u8),
    /// A difference of rates in words: 提高3.2个百分点, 下降…, 持平.
    Change(u8),
    /// A difference of numbers in words: 增加12, 减少3, 持平; with the measure word that follows a number, for example 处.
    CountChange(String),
    /// 元 printed as 万元 with two decimals: 12.50万元.
    Money,
    /// The same without its unit, for a column headed 「万元」: 12.50.
    MoneyPlain,
    /// 2026年1月5日.
    Date,
    /// 1月5日.
    ShortDate,
    /// 21天.
    Days,
    /// Words as they are.
    Text,
    /// A code printed as a word of a closed list.
    OneOf(Vec<(String, String)>),
}

impl Format {
    /// The usual format of a value: counts as integers, rates with one decimal.
    #[must_use]
    pub fn usual(exact: &Exact) -> Self {
        match exact {
            Exact::Ratio { .. } => Self::Percent(1),
            Exact::Number { scale: 0, .. } => Self::Integer,
            Exact::Number { scale, .. } => Self::Decimal(*scale),
            Exact::Date(_) => Self::Date,
            Exact::Text(_) | Exact::Missing | Exact::Suppressed => Self::Text,
        }
    }

    /// The printed text, or `None` when this kind of value cannot be printed so.
    #[must_use]
    pub fn print(&self, exact: &Exact) -> Option<String> {
        match (self, exact) {
            (Self::Change(_) | Self::CountChange(_), Exact::Missing) => Some("无可比数据".to_owned()),
            (_, Exact::Missing | Exact::Ratio { denominator: 0, .. }) => Some("—".to_owned()),
            (_, Exact::Suppressed) => Some("*".to_owned()),
            (Self::Date, Exact::Date(date)) => Some(format!("{}年{}月{}日", date.year(), date.month(), date.day())),
            (Self::ShortDate, Exact::Date(date)) => Some(format!("{}月{}日", date.month(), date.day())),
            (Self::Text, Exact::Text(text)) => Some(text.clone()),
            (Self::OneOf(words), Exact::Text(code)) => {
                words.iter().find(|(known, _)| known == code).map(|(_, word)| word.clone())
            }
            (_, Exact::Number { .. }) => self.print_number(exact),
            (_, Exact::Ratio { .. }) => self.print_ratio(exact),
            _ => None,
        }
    }

    fn print_number(&self, exact: &Exact) -> Option<String> {
        let (numerator, denominator) = exact.fraction()?;
        match self {
            Self::Integer => decimal(numerator, denominator, 0),
            Self::Decimal(places) => decimal(numerator, denominator, *places),
            Self::Money => Some(format!("{}万元", decimal(numerator, denominator.checked_mul(10_000)?, 2)?)),
            Self::MoneyPlain => decimal(numerator, denominator.checked_mul(10_000)?, 2),
            Self::Days => Some(format!("{}天", decimal(numerator, denominator, 0)?)),
            Self::CountChange(measure) => {
                let places = if let Exact::Number { scale, .. } = exact { *scale } else { 0 };
                let size = decimal(numerator.abs(), denominator, places)?;
                Some(match numerator.signum() {
                    1 => format!("增加{size}{measure}"),
                    -1 => format!("减少{size}{measure}"),
                    _ => "持平".to_owned(),
                })
            }
            _ => None,
        }
    }

    fn print_ratio(&self, exact: &Exact) -> Option<String> {
        let (numerator, denominator) = exact.fraction()?;
        let hundredfold = numerator.checked_mul(100)?;
        match self {
            Self::Percent(places) => Some(format!("{}%", decimal(hundredfold, denominator, *places)?)),
            Self::Points(places) => Some(format!("{}个百分点", decimal(hundredfold, denominator, *places)?)),
            Self::Decimal(places) => decimal(numerator, denominator, *places),
            Self::Change(places) => {
                let size = decimal(hundredfold.abs(), denominator, *places)?;
                let level = size.chars().all(|digit| matches!(digit, '0' | '.'));
                Some(match numerator.signum() {
                    _ if level => "持平".to_owned(),
                    1 => format!("提高{size}个百分点"),
                    _ => format!("下降{size}个百分点"),
                })
            }
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer => f.write_str("integer"),
            Self::Decimal(places) => write!(f, "decimal({places})"),
            Self::Percent(places) => write!(f, "percent({places})"),
            Self::Points(places) => write!(f, "points({places})"),
            Self::Change(places) => write!(f, "change({places})"),
            Self::CountChange(measure) => write!(f, "count_change({measure})"),
            Self::Money => f.write_str("money"),
            Self::MoneyPlain => f.write_str("money_plain"),
            Self::Date => f.write_str("date"),
            Self::ShortDate => f.write_str("short_date"),
            Self::Days => f.write_str("days"),
            Self::Text => f.write_str("text"),
            Self::OneOf(words) => {
                let words: Vec<_> = words.iter().map(|(code, word)| format!("{code}={word}")).collect();
                write!(f, "one_of({})", words.join(","))
            }
        }
    }
}

/// A text that names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("不认识打印格式「{0}」")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownFormat(text.to_owned());
        let (name, argument) = match text.split_once('(') {
            Some((name, rest)) => (name.trim(), Some(rest.strip_suffix(')').ok_or_else(unknown)?.trim())),
            None => (text.trim(), None),
        };
        let places = || match argument {
            None => Ok(1),
            Some(digits) => digits.parse::<u8>().ok().filter(|places| *places <= 9).ok_or_else(unknown),
        };
        Ok(match (name, argument) {
            ("integer", None) => Self::Integer,
            ("decimal", _) => Self::Decimal(places()?),
            ("percent", _) => Self::Percent(places()?),
            ("points", _) => Self::Points(places()?),
            ("change", _) => Self::Change(places()?),
            ("count_change", measure) => Self::CountChange(measure.unwrap_or_default().to_owned()),
            ("money", None) => Self::Money,
            ("money_plain", None) => Self::MoneyPlain,
            ("date", None) => Self::Date,
            ("short_date", None) => Self::ShortDate,
            ("days", None) => Self::Days,
            ("text", None) => Self::Text,
            ("one_of", Some(words)) => Self::OneOf(closed_list(words).ok_or_else(unknown)?),
            _ => return Err(unknown()),
        })
    }
}

fn closed_list(words: &str) -> Option<Vec<(String, String)>> {
    words
        .split([',', '\u{ff0c}'])
        .map(|pair| pair.split_once('=').map(|(code, word)| (code.trim().to_owned(), word.trim().to_owned())))
        .collect()
}

impl TryFrom<String> for Format {
    type Error = UnknownFormat;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Format> for String {
    fn from(format: Format) -> Self {
        format.to_string()
    }
}
