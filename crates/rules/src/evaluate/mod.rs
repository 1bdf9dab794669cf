//! Evaluation: total, pure and bounded, with the semantics of a form in which answers may be missing.
//!
//! A missing answer is null. Every comparison with null is false, but for `x == null`, `x != null` and `has(x)`; arithmetic
//! with null is null; where a yes or no is wanted, null is no. Operands of a wrong type are a fault with its place.

mod builtin;
mod dates;
mod names;
mod quantified;

pub use names::{Names, NoNames};

use crate::fault::{Fault, Span};
use crate::limits;
use crate::syntax::{Comparison, Term, TermKind};
use crate::value::{Value, apply, equal, negate, order};
use std::cmp::Ordering;

pub(crate) type Evaluated<T = Value> = Result<T, Fault>;

/// One evaluation of a term.
pub(crate) struct Evaluator<'a> {
    source: &'a str,
    names: &'a dyn Names,
    /// Variables of the macros around the term, the innermost last.
    variables: Vec<(&'a str, Value)>,
    steps: usize,
}

impl<'a> Evaluator<'a> {
    pub fn new(source: &'a str, names: &'a dyn Names) -> Self {
        Self { source, names, variables: Vec::new(), steps: 0 }
    }

    fn fault<T>(&self, span: Span, message: impl Into<String>) -> Evaluated<T> {
        Err(Fault::at(self.source, span, message))
    }

    fn placed<T>(&self, span: Span, result: Result<T, String>) -> Evaluated<T> {
        result.map_err(|message| Fault::at(self.source, span, message))
    }

    fn charge(&mut self, span: Span, steps: usize) -> Evaluated<()> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > limits::STEPS { self.fault(span, "计算量过大，已停止") } else { Ok(()) }
    }

    /// The value of a term.
    pub fn value(&mut self, term: &'a Term) -> Evaluated {
        self.charge(term.span, 1)?;
        match &term.kind {
            TermKind::Literal(value) => Ok(value.clone()),
            TermKind::Name(name) => self.name(name, term.span),
            TermKind::Member { of, name } => {
                if let TermKind::Name(root) = &of.kind
                    && !self.variables.iter().any(|(variable, _)| variable == root)
                    && let Some(known) = self.names.member(root, name)
                {
                    return Ok(known);
                }
                let of = self.value(of)?;
                self.member(&of, name, term.span)
            }
            TermKind::Index { of, index } => self.index(of, index),
            TermKind::Has(inner) => Ok(Value::Bool(!self.value(inner)?.is_null())),
            TermKind::Not(inner) => Ok(Value::Bool(!self.truth(inner)?)),
            TermKind::Negate(inner) => {
                let value = self.value(inner)?;
                self.placed(term.span, negate(&value))
            }
            TermKind::And(terms) => self.all(terms).map(Value::Bool),
            TermKind::Or(terms) => self.any(terms).map(Value::Bool),
            TermKind::Compare { comparison, left, right } => self.compare(*comparison, left, right).map(Value::Bool),
            TermKind::Arithmetic { first, rest } => {
                let mut value = self.value(first)?;
                for (operation, term) in rest {
                    let right = self.value(term)?;
                    value = self.placed(term.span, apply(*operation, &value, &right))?;
                    self.bounded(&value, term.span)?;
                }
                Ok(value)
            }
            TermKind::Condition { test, then, otherwise } => {
                let branch = if self.truth(test)? { then } else { otherwise };
                self.value(branch)
            }
            TermKind::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.element(item)?);
                }
                Ok(Value::list(values))
            }
            TermKind::Call { builtin, arguments } => self.call(*builtin, arguments, term.span),
            TermKind::Matches { text, pattern } => self.matches(text, &pattern.0),
            TermKind::Host { function, target, arguments } => {
                self.host(function, target.as_deref(), arguments, term.span)
            }
            TermKind::Quantified { .. } => self.quantified(term),
        }
    }

    /// A yes or no; a missing one is no.
    pub fn truth(&mut self, term: &'a Term) -> Evaluated<bool> {
        match self.value(term)? {
            Value::Bool(truth) => Ok(truth),
            Value::Null => Ok(false),
            other => self.fault(term.span, format!("这里应为「是/否」，现在是{}", other.type_name())),
        }
    }

    fn all(&mut self, terms: &'a [Term]) -> Evaluated<bool> {
        for term in terms {
            if !self.truth(term)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn any(&mut self, terms: &'a [Term]) -> Evaluated<bool> {
        for term in terms {
            if self.truth(term)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn name(&self, name: &str, span: Span) -> Evaluated {
        if let Some((_, value)) = self.variables.iter().rev().find(|(variable, _)| *variable == name) {
            return Ok(value.clone());
        }
        match self.names.name(name) {
            Some(value) => Ok(value),
            None => self.fault(span, format!("这里没有名称「{name}」")),
        }
    }

    fn member(&self, of: &Value, name: &str, span: Span) -> Evaluated {
        match of {
            Value::Map(entries) => Ok(entries.get(name).cloned().unwrap_or_default()),
            Value::Null => Ok(Value::Null),
            other => self.fault(span, format!("{}没有「{name}」这一项", other.type_name())),
        }
    }

    fn index(&mut self, of: &'a Term, index: &'a Term) -> Evaluated {
        let (value, key) = (self.value(of)?, self.value(index)?);
        match (&value, &key) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            (Value::Map(entries), Value::Text(key)) => Ok(entries.get(&**key).cloned().unwrap_or_default()),
            (Value::List(items), Value::Int(position)) => match usize::try_from(*position) {
                Ok(position) => Ok(items.get(position).cloned().unwrap_or_default()),
                Err(_) => self.fault(index.span, "序号从 0 起，不能是负数"),
            },
            _ => {
                let message = format!("不能用{}在{}里取值", key.type_name(), value.type_name());
                self.fault(index.span, message)
            }
        }
    }

    fn compare(&mut self, comparison: Comparison, left: &'a Term, right: &'a Term) -> Evaluated<bool> {
        let (one, other) = (self.value(left)?, self.value(right)?);
        let span = left.span.to(right.span);
        self.charge(span, weight(&one).min(weight(&other)))?;
        if left.is_null_literal() || right.is_null_literal() {
            let both = one.is_null() && other.is_null();
            match comparison {
                Comparison::Equal => return Ok(both),
                Comparison::NotEqual => return Ok(!both),
                _ => {}
            }
        }
        let ordered = |wanted: fn(Ordering) -> bool| order(&one, &other).map(|order| order.is_some_and(wanted));
        let result = match comparison {
            Comparison::Equal => equal(&one, &other),
            Comparison::NotEqual if one.is_null() || other.is_null() => Ok(false),
            Comparison::NotEqual => equal(&one, &other).map(|equal| !equal),
            Comparison::Less => ordered(Ordering::is_lt),
            Comparison::LessOrEqual => ordered(Ordering::is_le),
            Comparison::Greater => ordered(Ordering::is_gt),
            Comparison::GreaterOrEqual => ordered(Ordering::is_ge),
            Comparison::In => return self.contained(&one, &other, right.span),
        };
        self.placed(span, result)
    }

    fn contained(&mut self, item: &Value, list: &Value, span: Span) -> Evaluated<bool> {
        match (item, list) {
            (Value::Null, _) | (_, Value::Null) => Ok(false),
            (Value::Text(key), Value::Map(entries)) => Ok(entries.contains_key(&**key)),
            (_, Value::List(items)) => {
                for other in items.iter() {
                    self.charge(span, weight(other))?;
                    if self.placed(span, equal(item, other))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => self.fault(span, format!("in 后面应为列表，现在是{}", list.type_name())),
        }
    }

    fn host(&mut self, function: &str, target: Option<&'a Term>, arguments: &'a [Term], span: Span) -> Evaluated {
        let target = target.map(|target| self.value(target)).transpose()?;
        let arguments = arguments.iter().map(|term| self.value(term)).collect::<Evaluated<Vec<_>>>()?;
        match self.names.call(function, target.as_ref(), &arguments) {
            Some(result) => self.placed(span, result),
            None => self.fault(span, format!("这里没有函数「{function}」")),
        }
    }

    /// The value of a term that becomes an element of a list. It is charged by its whole size: elements are shared, so that a
    /// few steps could otherwise build a list that takes for ever to walk.
    fn element(&mut self, term: &'a Term) -> Evaluated {
        let value = self.value(term)?;
        self.charge(term.span, weight(&value))?;
        Ok(value)
    }

    /// Refuses a text that has grown beyond what an expression may compute.
    fn bounded(&mut self, value: &Value, span: Span) -> Evaluated<()> {
        match value {
            Value::Text(text) if text.len() > limits::TEXT * 4 => self.fault(span, "文字过长"),
            _ => self.charge(span, weight(value)),
        }
    }
}

/// Steps that comparing or copying a value costs.
fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() / 64 + 1,
        Value::List(items) => items.iter().map(weight).sum::<usize>() + 1,
        Value::Map(entries) => entries.values().map(weight).sum::<usize>() + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
