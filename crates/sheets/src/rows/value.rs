//! Values of cells after checking.

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// A checked value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Cell {
    /// Text, trimmed.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number in the column's unit.
    Decimal(Decimal),
    /// A civil date.
    Date(Date),
    /// The stored value of an option.
    Choice(String),
    /// 是 or 否.
    YesNo(bool),
    /// A unit.
    Unit(Named),
    /// A person.
    Person(Named),
    /// A telephone number, possibly masked.
    Phone(String),
    /// An identity number, possibly masked.
    Identity(String),
}

/// A name as printed, and what it was resolved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// As printed, trimmed.
    pub text: String,
    /// Id given by the resolver; none when there was no resolver or no match.
    pub id: Option<String>,
}

/// An exact decimal number: `digits` × 10^−`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// The number without its point.
    pub digits: i64,
    /// Digits after the point.
    pub scale: u8,
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let sign = if self.digits < 0 { "-" } else { "" };
        let padded = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, part) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{part}")
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Cell {
    /// As one would write it in a cell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Phone(text) | Self::Identity(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::YesNo(value) => f.write_str(if *value { "是" } else { "否" }),
            Self::Unit(name) | Self::Person(name) => f.write_str(&name.text),
        }
    }
}
