//! The names and functions that an expression may use, with their types: what the host declares and `check` holds to.

mod nearest;

pub use nearest::nearest;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The type of a name, member or result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Not known before evaluation; passes every check.
    Any,
    /// 是/否.
    Bool,
    /// A whole number.
    Int,
    /// A number, whole or not.
    Number,
    /// A text.
    Text,
    /// A text out of a closed list; comparing it with another text is a fault.
    Choice(Arc<[String]>),
    /// A civil date.
    Date,
    /// Values of one type in order.
    List(Arc<Type>),
    /// Values of one type under keys that are not known beforehand.
    Map(Arc<Type>),
    /// Named members, closed.
    Record(Arc<BTreeMap<String, Type>>),
}

impl Type {
    /// A list of this type.
    #[must_use]
    pub fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }

    /// A text out of these.
    pub fn choice<T: Into<String>>(options: impl IntoIterator<Item = T>) -> Self {
        Self::Choice(options.into_iter().map(Into::into).collect())
    }

    /// A record of these members.
    pub fn record<K: Into<String>>(members: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Record(Arc::new(members.into_iter().map(|(name, declared)| (name.into(), declared)).collect()))
    }

    /// Whether it is a number for certain.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Number)
    }

    /// Whether it is a text for certain.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Choice(_))
    }

    /// Whether a value of this type can stand where `wanted` is wanted.
    #[must_use]
    pub fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Any, _) | (_, Self::Any) | (Self::Int, Self::Number) => true,
            (Self::List(item), Self::List(wanted)) | (Self::Map(item), Self::Map(wanted)) => item.fits(wanted),
            (Self::Record(_) | Self::Map(_), Self::Record(_) | Self::Map(_)) => true,
            _ if self.is_text() && wanted.is_text() => true,
            _ => self == wanted,
        }
    }

    /// The type of `a ? this : other`, and of a list that holds both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == other {
            self
        } else if self.is_number() && other.is_number() {
            Self::Number
        } else if self.is_text() && other.is_text() {
            Self::Text
        } else {
            Self::Any
        }
    }
}

impl fmt::Display for Type {
    /// Chinese name, for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("任意值"),
            Self::Bool => f.write_str("是/否"),
            Self::Int => f.write_str("整数"),
            Self::Number => f.write_str("数"),
            Self::Text => f.write_str("文字"),
            Self::Choice(options) => write!(f, "选项({})", options.join("、")),
            Self::Date => f.write_str("日期"),
            Self::List(item) => write!(f, "{item}的列表"),
            Self::Map(_) | Self::Record(_) => f.write_str("记录"),
        }
    }
}

/// A function that the host supplies, `name(…)` or `target.name(…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Type of what it is called on; `None` for `name(…)`.
    pub target: Option<Type>,
    /// Types of its arguments.
    pub parameters: Vec<Type>,
    /// Type of its result.
    pub returns: Type,
}

/// Names and host functions with their types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    names: BTreeMap<String, Type>,
    functions: BTreeMap<String, Signature>,
}

impl Vocabulary {
    /// Without names and functions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With this name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, declared: Type) -> Self {
        self.names.insert(name.into(), declared);
        self
    }

    /// With this host function.
    #[must_use]
    pub fn with_function(mut self, name: impl Into<String>, signature: Signature) -> Self {
        self.functions.insert(name.into(), signature);
        self
    }

    /// The type of a name.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<&Type> {
        self.names.get(name)
    }

    /// The signature of a host function.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Signature> {
        self.functions.get(name)
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Every host function.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
