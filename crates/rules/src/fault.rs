//! Faults of expressions: what is wrong, at which line and column.

use serde::Serialize;
use std::fmt;

/// A part of a source text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl Span {
    /// From the start of this one to the end of that one.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }

    /// The text that it covers; empty if it covers none of `source`.
    #[must_use]
    pub fn text(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// One thing wrong with an expression, in words for its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct Fault {
    /// Line in the text of the expression, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Chinese message.
    pub message: String,
}

impl Fault {
    /// A fault at the start of a span of `source`.
    #[must_use]
    pub fn at(source: &str, span: Span, message: impl Into<String>) -> Self {
        let before = source.get(..span.start).unwrap_or(source);
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
        Self { line: count(line), column: count(column), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}行第{}列：{}", self.line, self.column, self.message)
    }
}
