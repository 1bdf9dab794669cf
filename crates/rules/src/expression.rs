//! An expression: its text and its term.

use crate::check;
use crate::evaluate::{Evaluator, Names};
use crate::explain::{self, Explanation};
use crate::fault::Fault;
use crate::syntax::{Term, TermKind, parse};
use crate::value::Value;
use crate::vocabulary::{Type, Vocabulary};
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A parsed expression. Serialises as its text.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    term: Term,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// Every unreadable character, else the first place at which the text stops making sense.
    pub fn parse(source: &str) -> Result<Self, Vec<Fault>> {
        Ok(Self { term: parse(source)?, source: source.to_owned() })
    }

    /// Its text.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Everything in it that the vocabulary does not allow: unknown names, members, options and functions with the nearest
    /// known one, wrong numbers of arguments, operands of types that cannot meet.
    #[must_use]
    pub fn check(&self, vocabulary: &Vocabulary) -> Vec<Fault> {
        check::check(&self.source, &self.term, vocabulary).1
    }

    /// As [`Expression::check`], and a fault when its value is not of the type wanted, [`Type::Bool`] for a guard.
    #[must_use]
    pub fn check_as(&self, vocabulary: &Vocabulary, wanted: &Type) -> Vec<Fault> {
        let (found, mut faults) = check::check(&self.source, &self.term, vocabulary);
        if faults.is_empty() && !found.fits(wanted) {
            faults.push(Fault::at(&self.source, self.term.span, format!("结果应为{wanted}，现在是{found}")));
        }
        faults
    }

    /// Its value over these names.
    ///
    /// # Errors
    /// The first fault met, with its place.
    pub fn evaluate(&self, names: &dyn Names) -> Result<Value, Fault> {
        Evaluator::new(&self.source, names).value(&self.term)
    }

    /// Whether it holds; a missing answer does not.
    ///
    /// # Errors
    /// The first fault met, or a value that is no yes or no.
    pub fn holds(&self, names: &dyn Names) -> Result<bool, Fault> {
        Evaluator::new(&self.source, names).truth(&self.term)
    }

    /// Its value with that of every condition in it, for «why was this refused».
    #[must_use]
    pub fn explain(&self, names: &dyn Names) -> Explanation {
        explain::explain(&self.source, &self.term, names)
    }

    /// The dotted names that it reads, `case.level`, without the variables of its macros.
    #[must_use]
    pub fn names_used(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        collect_names(&self.term, &mut Vec::new(), &mut names);
        names
    }

    /// The host functions that it calls.
    #[must_use]
    pub fn functions_used(&self) -> BTreeSet<String> {
        let (mut functions, mut open) = (BTreeSet::new(), vec![&self.term]);
        while let Some(term) = open.pop() {
            if let TermKind::Host { function, .. } = &term.kind {
                functions.insert(function.clone());
            }
            open.extend(term.children());
        }
        functions
    }

    /// Its term as a small JSON tree, for evaluation in a browser; the form is that of `docs/expressions.md`.
    #[must_use]
    pub fn to_tree(&self) -> serde_json::Value {
        serde_json::to_value(&self.term).unwrap_or_default()
    }
}

fn collect_names<'a>(term: &'a Term, variables: &mut Vec<&'a str>, names: &mut BTreeSet<String>) {
    if let Some(path) = term.path() {
        let root = path.split('.').next().unwrap_or_default();
        if !variables.contains(&root) {
            names.insert(path);
        }
    } else if let TermKind::Quantified { list, variable, test, body, .. } = &term.kind {
        collect_names(list, variables, names);
        variables.push(variable);
        for inner in [test, body].into_iter().flatten() {
            collect_names(inner, variables, names);
        }
        variables.pop();
    } else {
        for child in term.children() {
            collect_names(child, variables, names);
        }
    }
}

impl PartialEq for Expression {
    /// Equal texts are equal expressions.
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Expression {}

impl FromStr for Expression {
    type Err = Fault;

    /// As [`Expression::parse`], with the first fault only.
    fn from_str(source: &str) -> Result<Self, Fault> {
        let first = |faults: Vec<Fault>| {
            faults.into_iter().next().unwrap_or_else(|| Fault::at(source, Default::default(), "读不懂"))
        };
        Self::parse(source).map_err(first)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}
