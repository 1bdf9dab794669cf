//! Runs of text and figures inside a paragraph or cell.

use super::Document;
use serde::{Deserialize, Serialize};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Words of the template or of the data, without control characters.
    Text(String),
    /// The figure of this number.
    Figure(u32),
}

impl Inline {
    /// The printed text.
    #[must_use]
    pub fn shown<'a>(&'a self, document: &'a Document) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Figure(number) => document.figure(*number).map_or("", |figure| &figure.shown),
        }
    }
}

/// The printed text of a line.
#[must_use]
pub fn plain(line: &[Inline], document: &Document) -> String {
    line.iter().map(|inline| inline.shown(document)).collect()
}
