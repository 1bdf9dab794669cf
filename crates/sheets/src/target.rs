//! What is sought in a workbook: the columns of a form, a register, or a list of units or people.

use serde::{Deserialize, Serialize};

/// A table that may be read from or written to a workbook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Stable key, for example a form's key.
    pub key: String,
    /// Chinese name, as printed above the table.
    pub title: String,
    /// Columns in the order in which they are written.
    pub columns: Vec<Column>,
}

/// One column of a [`Target`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    /// Stable key, under which values are given out.
    pub key: String,
    /// Heading as we write it.
    pub title: String,
    /// Other headings in use.
    pub synonyms: Vec<String>,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether an empty cell is a problem.
    pub required: bool,
    /// An example, for templates; empty for none.
    pub example: String,
    /// Width in Chinese characters; computed from title and content when absent.
    pub width: Option<f64>,
}

impl Column {
    /// A column of this key, heading and kind; optional, without synonyms.
    #[must_use]
    pub fn new(key: impl Into<String>, title: impl Into<String>, kind: Kind) -> Self {
        Self { key: key.into(), title: title.into(), kind, ..Self::default() }
    }

    /// The same column, with these other headings.
    #[must_use]
    pub fn also(mut self, synonyms: &[&str]) -> Self {
        self.synonyms.extend(synonyms.iter().map(|name| (*name).to_owned()));
        self
    }

    /// The same column, whose cells must be filled.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same column, with an example for templates.
    #[must_use]
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.example = example.into();
        self
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line of text.
    #[default]
    Text,
    /// Text of several lines.
    LongText,
    /// A whole number; a counting word after it (32处) is understood.
    Integer,
    /// An exact number.
    Decimal {
        /// Unit of measurement as written after the number or in the heading (万元); empty for none.
        unit: String,
        /// Digits after the point that are kept.
        scale: u8,
    },
    /// A civil date.
    Date,
    /// One of a closed list.
    Choice {
        /// The list, in order.
        options: Vec<Choice>,
    },
    /// 是 or 否.
    YesNo,
    /// A unit, by code, name or alias.
    Unit,
    /// A person, by name.
    Person,
    /// A telephone number; masked ones (138****0950) are kept.
    Phone,
    /// A citizen identity number (GB 11643-1999), always text; masked ones are kept.
    IdentityNumber,
    /// A picture in or over the cell.
    Picture,
}

/// One option of a [`Kind::Choice`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Stored value.
    pub value: String,
    /// Chinese label.
    pub title: String,
    /// Other words in use for it.
    pub synonyms: Vec<String>,
}

impl Choice {
    /// An option with its other words.
    #[must_use]
    pub fn new(value: impl Into<String>, title: impl Into<String>, synonyms: &[&str]) -> Self {
        Self {
            value: value.into(),
            title: title.into(),
            synonyms: synonyms.iter().map(|word| (*word).to_owned()).collect(),
        }
    }
}
