//! One numbered catalogue of everything that can be wrong, with a Chinese text and a place for each finding.
//!
//! How to use it: inside a crate an error is a `thiserror` enum; at the edge (a use case, a file, a command) it becomes a
//! [`Problem`] of a catalogued [`Kind`]. What users write is read to the end: `(value, Vec<Problem>)`, never the first error only.

mod catalogue;

pub use catalogue::*;

use serde::Serialize;
use std::fmt;

/// One row of the catalogue. `code` is `<HTTP status>.<number>` and never changes its meaning.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable number, for example `422.12`; its whole part is the HTTP status.
    pub code: &'static str,
    /// English slug, for logs and for programs.
    pub slug: &'static str,
    /// Chinese text with `{name}` placeholders.
    pub text: &'static str,
}

impl Kind {
    /// The HTTP status that the code begins with.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.code.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(500)
    }
}

/// Where a problem sits. Every part is optional; rows, columns and lines count from 1 as the user sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// File as the user named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Worksheet name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row in the sheet or data file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Column heading, column letter, or column in a line of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Line in a text file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Field key of a form or parameter name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Place {
    /// A line and column of a text file.
    #[must_use]
    pub fn line(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self { file: Some(file.into()), line: Some(line), column: Some(column.to_string()), ..Self::default() }
    }

    /// A cell of a sheet or data file.
    #[must_use]
    pub fn cell(sheet: impl Into<String>, row: u32, column: impl Into<String>) -> Self {
        Self { sheet: Some(sheet.into()), row: Some(row), column: Some(column.into()), ..Self::default() }
    }

    /// A field of a form or a named parameter.
    #[must_use]
    pub fn field(field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::default() }
    }
}

/// One thing that is wrong, said so that the person who can mend it understands it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable catalogue number.
    pub code: &'static str,
    /// English slug of the catalogue row.
    pub slug: &'static str,
    /// Where it is.
    #[serde(flatten)]
    pub place: Box<Place>,
    /// Chinese message with the values filled in.
    pub message: String,
}

impl Problem {
    /// A problem of this kind, its placeholders filled in order of `values`.
    #[must_use]
    pub fn new(kind: &'static Kind, values: &[(&str, &dyn fmt::Display)]) -> Self {
        let mut message = kind.text.to_owned();
        for (name, value) in values {
            message = message.replace(&format!("{{{name}}}"), &value.to_string());
        }
        Self { code: kind.code, slug: kind.slug, place: Box::default(), message }
    }

    /// The same problem, placed.
    #[must_use]
    pub fn at(mut self, place: impl Into<Box<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// The HTTP status of the code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.code.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(500)
    }

    /// Whether it is of this kind.
    #[must_use]
    pub fn is(&self, kind: &Kind) -> bool {
        self.code == kind.code
    }
}

impl fmt::Display for Problem {
    /// `file:line:column sheet row column field: message [code]`, only the parts that are known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        let mut parts = Vec::new();
        match (&place.file, place.line, &place.column) {
            (Some(file), Some(line), Some(column)) => parts.push(format!("{file}:{line}:{column}")),
            (Some(file), Some(line), None) => parts.push(format!("{file}:{line}")),
            (Some(file), None, _) => parts.push(file.clone()),
            _ => {}
        }
        if let Some(sheet) = &place.sheet {
            parts.push(format!("工作表「{sheet}」"));
        }
        if let Some(row) = place.row {
            parts.push(format!("第{row}行"));
        }
        if place.line.is_none()
            && let Some(column) = &place.column
        {
            parts.push(format!("「{column}」列"));
        }
        if let Some(field) = &place.field {
            parts.push(format!("〔{field}〕"));
        }
        if parts.is_empty() {
            write!(f, "{} [{}]", self.message, self.code)
        } else {
            write!(f, "{}:{} [{}]", parts.join(" "), self.message, self.code)
        }
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests;
