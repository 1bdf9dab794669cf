//! Terms: the tree of an expression.

use super::{Builtin, Quantifier};
use crate::fault::Span;
use crate::value::{Operation, Value};
use serde::{Serialize, Serializer};

/// A term and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Term {
    #[serde(skip)]
    pub span: Span,
    /// Terms inside one another, this one counted.
    #[serde(skip)]
    pub depth: u16,
    #[serde(flatten)]
    pub kind: TermKind,
}

/// What a term is. `&&`, `||` and sums are flat, however long, so that depth is what an author nests.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TermKind {
    Literal(Value),
    Name(String),
    Member {
        of: Box<Term>,
        name: String,
    },
    Index {
        of: Box<Term>,
        index: Box<Term>,
    },
    Has(Box<Term>),
    Not(Box<Term>),
    Negate(Box<Term>),
    And(Vec<Term>),
    Or(Vec<Term>),
    Compare {
        comparison: Comparison,
        left: Box<Term>,
        right: Box<Term>,
    },
    /// `first op term op term …`, from left to right.
    Arithmetic {
        first: Box<Term>,
        rest: Vec<(Operation, Term)>,
    },
    Condition {
        test: Box<Term>,
        then: Box<Term>,
        otherwise: Box<Term>,
    },
    List(Vec<Term>),
    Call {
        builtin: Builtin,
        arguments: Vec<Term>,
    },
    Matches {
        text: Box<Term>,
        pattern: Pattern,
    },
    Host {
        function: String,
        target: Option<Box<Term>>,
        arguments: Vec<Term>,
    },
    Quantified {
        quantifier: Quantifier,
        list: Box<Term>,
        variable: String,
        /// What is asked of each element; for `map(x, test, body)` the test.
        test: Option<Box<Term>>,
        /// What `map` makes of each element.
        body: Option<Box<Term>>,
    },
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Comparison {
    #[serde(rename = "==")]
    Equal,
    #[serde(rename = "!=")]
    NotEqual,
    #[serde(rename = "<")]
    Less,
    #[serde(rename = "<=")]
    LessOrEqual,
    #[serde(rename = ">")]
    Greater,
    #[serde(rename = ">=")]
    GreaterOrEqual,
    #[serde(rename = "in")]
    In,
}

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(pub regex::Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl Term {
    /// The terms directly inside it, in the order of the text.
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            TermKind::Literal(_) | TermKind::Name(_) => Vec::new(),
            TermKind::Member { of: term, .. }
            | TermKind::Has(term)
            | TermKind::Not(term)
            | TermKind::Negate(term)
            | TermKind::Matches { text: term, .. } => vec![term],
            TermKind::Index { of: one, index: other } | TermKind::Compare { left: one, right: other, .. } => {
                vec![one, other]
            }
            TermKind::And(terms) | TermKind::Or(terms) | TermKind::List(terms) => terms.iter().collect(),
            TermKind::Arithmetic { first, rest } => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, term)| term)).collect()
            }
            TermKind::Condition { test, then, otherwise } => vec![test, then, otherwise],
            TermKind::Call { arguments, .. } => arguments.iter().collect(),
            TermKind::Host { target, arguments, .. } => target.as_deref().into_iter().chain(arguments).collect(),
            TermKind::Quantified { list, test, body, .. } => {
                std::iter::once(&**list).chain(test.as_deref()).chain(body.as_deref()).collect()
            }
        }
    }

    /// `case.unit.name` for a name or members of one.
    pub fn path(&self) -> Option<String> {
        match &self.kind {
            TermKind::Name(name) => Some(name.clone()),
            TermKind::Member { of, name } => of.path().map(|path| format!("{path}.{name}")),
            _ => None,
        }
    }

    /// Whether it is the literal `null`.
    pub fn is_null_literal(&self) -> bool {
        matches!(self.kind, TermKind::Literal(Value::Null))
    }
}
