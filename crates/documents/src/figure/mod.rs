//! A figure: one printed value that can be recomputed, with the question that was asked for it.

mod change;
mod exact;
mod format;
mod recompute;

pub use change::Against;
pub use exact::Exact;
pub use format::{Format, KNOWN_FORMATS};
pub use recompute::{Answers, recompute};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One argument of an indicator or query.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Parameter {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A code, key or date as text.
    Text(String),
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Named arguments, in the order of their names so that equal questions are equal bytes.
///
/// The name [`SHIFT`] is reserved: `"previous"` asks for the period before the document's, `"year_ago"` for the same period of the
/// year before. A [`Source`](crate::source::Source) must understand it.
pub type Parameters = BTreeMap<String, Parameter>;

/// Reserved parameter: which period is asked for, relative to the document's own.
pub const SHIFT: &str = "shift";

/// Where in a listing a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// Stable key of the row.
    pub row: String,
    /// Key of the column.
    pub column: String,
}

/// One value of a document that is printed inside a control and can be recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its number in the document, from 1; the control's tag is `fig:N`.
    pub number: u32,
    /// Key of the indicator or, with `cell`, of the listing.
    pub key: String,
    /// Arguments of the question.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: Parameters,
    /// Set when the figure is a cell of a listing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// Set when the figure is a difference against another period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// The value before rounding.
    pub exact: Exact,
    /// How it is printed.
    pub format: Format,
    /// What was printed: always `format.print(&exact)`.
    pub shown: String,
}

impl Figure {
    /// The tag of its content control.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("fig:{}", self.number)
    }
}

#[cfg(test)]
mod tests;
