//! Checks a term against a vocabulary: unknown words, wrong numbers of arguments, types that cannot meet.

mod calls;
mod compare;

use crate::fault::{Fault, Span};
use crate::syntax::{Quantifier, Term, TermKind};
use crate::value::{Operation, Value};
use crate::vocabulary::{Type, Vocabulary, nearest};

/// The type of a term and everything wrong with it.
pub(crate) fn check(source: &str, term: &Term, vocabulary: &Vocabulary) -> (Type, Vec<Fault>) {
    let mut checker = Checker { source, vocabulary, variables: Vec::new(), faults: Vec::new() };
    let found = checker.infer(term);
    (found, checker.faults)
}

struct Checker<'a> {
    source: &'a str,
    vocabulary: &'a Vocabulary,
    variables: Vec<(&'a str, Type)>,
    faults: Vec<Fault>,
}

/// «,是不是想写「x」?» when there is a near miss.
fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default()
}

impl<'a> Checker<'a> {
    fn fault(&mut self, span: Span, message: impl Into<String>) -> Type {
        self.faults.push(Fault::at(self.source, span, message));
        Type::Any
    }

    /// Infers a term that should be of this type.
    fn want(&mut self, term: &'a Term, wanted: &Type, who: &str) -> Type {
        let found = self.infer(term);
        if !found.fits(wanted) {
            self.fault(term.span, format!("{who}应为{wanted}，现在是{found}"));
        }
        found
    }

    fn infer(&mut self, term: &'a Term) -> Type {
        match &term.kind {
            TermKind::Literal(value) => literal(value),
            TermKind::Name(name) => self.name(name, term.span),
            TermKind::Member { of, name } => {
                let of = self.infer(of);
                self.member(&of, name, term.span)
            }
            TermKind::Index { of, index } => self.index(of, index),
            TermKind::Has(inner) => {
                self.infer(inner);
                Type::Bool
            }
            TermKind::Not(inner) => {
                self.want(inner, &Type::Bool, "「!」后面");
                Type::Bool
            }
            TermKind::Negate(inner) => self.want(inner, &Type::Number, "负号后面"),
            TermKind::And(terms) | TermKind::Or(terms) => {
                for term in terms {
                    self.want(term, &Type::Bool, "&& 和 || 连接的每一项");
                }
                Type::Bool
            }
            TermKind::Compare { comparison, left, right } => {
                self.compare(*comparison, left, right);
                Type::Bool
            }
            TermKind::Arithmetic { first, rest } => {
                let mut found = self.infer(first);
                let mut at = first.span;
                for (operation, term) in rest {
                    let right = self.infer(term);
                    found = self.arithmetic(*operation, (found, at), (right, term.span));
                    at = term.span;
                }
                found
            }
            TermKind::Condition { test, then, otherwise } => {
                self.want(test, &Type::Bool, "「?」前面");
                let (one, other) = (self.infer(then), self.infer(otherwise));
                match (then.is_null_literal(), otherwise.is_null_literal()) {
                    (true, _) => other,
                    (_, true) => one,
                    _ => one.or(other),
                }
            }
            TermKind::List(items) => {
                let item = items.iter().map(|item| self.infer(item)).reduce(Type::or);
                Type::list(item.unwrap_or(Type::Any))
            }
            TermKind::Call { builtin, arguments } => self.builtin(*builtin, arguments, term.span),
            TermKind::Matches { text, .. } => {
                self.want(text, &Type::Text, "matches 查找的");
                Type::Bool
            }
            TermKind::Host { function, target, arguments } => {
                self.host(function, target.as_deref(), arguments, term.span)
            }
            TermKind::Quantified { .. } => self.quantified(term),
        }
    }

    fn name(&mut self, name: &'a str, span: Span) -> Type {
        if let Some((_, declared)) = self.variables.iter().rev().find(|(variable, _)| *variable == name) {
            return declared.clone();
        }
        match self.vocabulary.name(name) {
            Some(declared) => declared.clone(),
            None => {
                let variables = self.variables.iter().map(|(variable, _)| *variable);
                let meant = meant(name, self.vocabulary.names().chain(variables));
                self.fault(span, format!("不认识的名称「{name}」{meant}"))
            }
        }
    }

    fn member(&mut self, of: &Type, name: &str, span: Span) -> Type {
        match of {
            Type::Any => Type::Any,
            Type::Map(item) => (**item).clone(),
            Type::Record(members) => match members.get(name) {
                Some(declared) => declared.clone(),
                None => {
                    let meant = meant(name, members.keys().map(String::as_str));
                    let at = Span { start: span.end.saturating_sub(name.len()), end: span.end };
                    self.fault(at, format!("没有「{name}」这一项{meant}"))
                }
            },
            other => self.fault(span, format!("{other}没有「{name}」这一项")),
        }
    }

    fn index(&mut self, of: &'a Term, index: &'a Term) -> Type {
        let (container, key) = (self.infer(of), self.infer(index));
        match &container {
            Type::Any => Type::Any,
            Type::List(item) if key.fits(&Type::Int) => (**item).clone(),
            Type::Map(item) if key.fits(&Type::Text) => (**item).clone(),
            Type::Record(_) => match &index.kind {
                TermKind::Literal(Value::Text(name)) => self.member(&container, name, index.span),
                _ => Type::Any,
            },
            _ => self.fault(index.span, format!("不能用{key}在{container}里取值")),
        }
    }

    fn arithmetic(&mut self, operation: Operation, left: (Type, Span), right: (Type, Span)) -> Type {
        for (found, span) in [&left, &right] {
            if *found == Type::Date {
                return self.fault(*span, "日期不能直接加减，请用 add_days(日期, 天数) 或 days(起, 止)");
            }
        }
        match (&left.0, &right.0) {
            (Type::Any, _) | (_, Type::Any) => Type::Any,
            (Type::Int, Type::Int) if operation != Operation::Divide => Type::Int,
            (one, other) if one.is_number() && other.is_number() => Type::Number,
            (one, other) if operation == Operation::Add && one.is_text() && other.is_text() => Type::Text,
            (one, other) => {
                let message = format!("{one}和{other}不能这样运算");
                self.fault(left.1.to(right.1), message)
            }
        }
    }

    fn quantified(&mut self, term: &'a Term) -> Type {
        let TermKind::Quantified { quantifier, list, variable, test, body } = &term.kind else { return Type::Any };
        let found = self.infer(list);
        let item = match &found {
            Type::List(item) => (**item).clone(),
            Type::Any => Type::Any,
            other => self.fault(list.span, format!("这里应为列表，现在是{other}")),
        };
        if self.vocabulary.name(variable).is_some() {
            self.fault(term.span, format!("代表每一项的名称「{variable}」与已有的名称相同，请换一个"));
        }
        self.variables.push((variable, item.clone()));
        if let Some(test) = test {
            self.want(test, &Type::Bool, "对每一项的条件");
        }
        let made = body.as_ref().map(|body| self.infer(body));
        self.variables.pop();
        match quantifier {
            Quantifier::Filter => Type::list(item),
            Quantifier::Map => Type::list(made.unwrap_or(Type::Any)),
            Quantifier::Exists | Quantifier::All | Quantifier::ExistsOne => Type::Bool,
        }
    }
}

fn literal(value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Int(_) => Type::Int,
        Value::Decimal(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::Date(_) => Type::Date,
        Value::Null | Value::List(_) | Value::Map(_) => Type::Any,
    }
}

#[cfg(test)]
mod tests;
