//! Values of expressions: exact numbers, texts, civil dates, lists and maps; a missing answer is [`Value::Null`].

mod arithmetic;
mod compare;
mod json;

pub(crate) use arithmetic::{Operation, apply, negate, number};
pub(crate) use compare::{equal, order};
pub use json::JsonError;

use jiff::civil::Date;
pub use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A value. Cheap to clone. Integers are `i64`; other numbers are decimals of up to 28 significant digits
/// ([`rust_decimal`]): sums, differences and products are exact within them, quotients are rounded to the 28th.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// A missing answer.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number that is not known to be whole.
    Decimal(Decimal),
    /// A text.
    Text(Arc<str>),
    /// A civil date.
    Date(Date),
    /// Values in order.
    List(Arc<[Value]>),
    /// Values by key; a key that is absent reads as null.
    Map(Arc<BTreeMap<String, Value>>),
}

impl Value {
    /// Chinese name of its type, for messages.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "空值",
            Self::Bool(_) => "是/否",
            Self::Int(_) => "整数",
            Self::Decimal(_) => "小数",
            Self::Text(_) => "文字",
            Self::Date(_) => "日期",
            Self::List(_) => "列表",
            Self::Map(_) => "记录",
        }
    }

    /// Whether it is a missing answer.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// A list of these values.
    pub fn list(values: impl IntoIterator<Item = Self>) -> Self {
        Self::List(values.into_iter().collect())
    }

    /// A map of these entries.
    pub fn map<K: Into<String>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(Arc::new(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
    }
}

impl fmt::Display for Value {
    /// As an expression would write it, but for dates and maps: `null`, `true`, `3`, `37.3`, `'重大'`, `2026-10-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Decimal(value) => value.fmt(f),
            Self::Text(value) => write!(f, "'{value}'"),
            Self::Date(value) => value.fmt(f),
            Self::List(values) => {
                f.write_str("[")?;
                for (index, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<Decimal> for Value {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value.normalize())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value.into())
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
