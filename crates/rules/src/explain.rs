//! Explanations: the value of every condition inside an expression, and those that decided.

use crate::evaluate::{Evaluator, Names};
use crate::fault::Fault;
use crate::syntax::{Term, TermKind};
use crate::value::Value;
use serde::Serialize;

/// A condition with its outcome; `&&`, `||`, `!` and `? :` have parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The condition as written.
    pub text: String,
    /// Its value; null when it could not be evaluated.
    pub value: Value,
    /// Why it could not be evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// The names it reads with their values, for a condition without parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<(String, Value)>,
    /// The conditions it is made of, evaluated even where evaluation would have stopped before them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explanation>,
    #[serde(skip)]
    joint: Joint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
    Not,
    Condition,
    None,
}

pub(crate) fn explain<'a>(source: &'a str, term: &'a Term, names: &'a dyn Names) -> Explanation {
    // One evaluator for all parts, so that they share one allowance of steps.
    explain_part(source, term, &mut Evaluator::new(source, names))
}

fn explain_part<'a>(source: &str, term: &'a Term, evaluator: &mut Evaluator<'a>) -> Explanation {
    let (value, fault) = match evaluator.value(term) {
        Ok(value) => (value, None),
        Err(fault) => (Value::Null, Some(fault)),
    };
    let (joint, parts): (Joint, Vec<&Term>) = match &term.kind {
        TermKind::And(terms) => (Joint::And, terms.iter().collect()),
        TermKind::Or(terms) => (Joint::Or, terms.iter().collect()),
        TermKind::Not(inner) => (Joint::Not, vec![inner]),
        TermKind::Condition { .. } => (Joint::Condition, term.children()),
        _ => (Joint::None, Vec::new()),
    };
    let read = if joint == Joint::None { read(term, evaluator) } else { Vec::new() };
    let parts = parts.into_iter().map(|part| explain_part(source, part, evaluator)).collect();
    Explanation { text: term.span.text(source).to_owned(), value, fault, read, parts, joint }
}

fn read<'a>(term: &'a Term, evaluator: &mut Evaluator<'a>) -> Vec<(String, Value)> {
    let (mut read, mut open) = (Vec::new(), vec![term]);
    while let Some(term) = open.pop() {
        let Some(path) = term.path() else {
            open.extend(term.children().into_iter().rev());
            continue;
        };
        // A variable of a macro has no value of its own here.
        if let Ok(value) = evaluator.value(term)
            && !read.iter().any(|(known, _)| *known == path)
        {
            read.push((path, value));
        }
    }
    read
}

impl Explanation {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.value == Value::Bool(true)
    }

    /// The innermost conditions that made it what it is: of a false `&&` the false ones, of a true `||` the true ones, of
    /// any other outcome all of them.
    #[must_use]
    pub fn reasons(&self) -> Vec<&Self> {
        let chosen: Vec<&Self> = match (self.joint, self.holds()) {
            (Joint::None, _) => return vec![self],
            (Joint::And, false) => self.parts.iter().filter(|part| !part.holds()).collect(),
            (Joint::Or, true) => self.parts.iter().filter(|part| part.holds()).collect(),
            (Joint::Condition, _) => match self.parts.as_slice() {
                [test, then, otherwise] => vec![test, if test.holds() { then } else { otherwise }],
                _ => Vec::new(),
            },
            (Joint::And | Joint::Or | Joint::Not, _) => self.parts.iter().collect(),
        };
        chosen.into_iter().flat_map(Self::reasons).collect()
    }
}
