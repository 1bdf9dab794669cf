//! Reading calls: `has`, the macros over lists, `matches` and the functions of the language and of the host.

use super::parse::{Parsed, Parser};
use super::{Builtin, Pattern, Quantifier, Term, TermKind};
use crate::fault::Span;
use crate::limits;
use crate::value::Value;

impl Parser<'_> {
    pub(super) fn global_call(&mut self, name: String, start: Span) -> Parsed<Term> {
        let (arguments, end) = self.items(")")?;
        let span = start.to(end);
        match name.as_str() {
            "has" => match <[Term; 1]>::try_from(arguments) {
                Ok([term])
                    if matches!(term.kind, TermKind::Name(_) | TermKind::Member { .. } | TermKind::Index { .. }) =>
                {
                    self.term(TermKind::Has(Box::new(term)), span)
                }
                _ => self.fault(span, "has(…) 里应为一个名称，如 has(case.level)"),
            },
            _ => self.call(Call { name, target: None, arguments, span, at: start }),
        }
    }

    pub(super) fn receiver_call(&mut self, name: String, target: Term) -> Parsed<Term> {
        let at = target.span;
        let (arguments, end) = self.items(")")?;
        let span = at.to(end);
        match Quantifier::named(&name) {
            Some(quantifier) => self.quantified(quantifier, target, arguments, span),
            None => self.call(Call { name, target: Some(target), arguments, span, at }),
        }
    }

    fn quantified(&mut self, quantifier: Quantifier, list: Term, arguments: Vec<Term>, span: Span) -> Parsed<Term> {
        let usage = "应写成 列表.exists(x, 条件),x 是代表每一项的名称";
        let mut arguments = arguments.into_iter();
        let variable = match arguments.next().map(|term| term.kind) {
            Some(TermKind::Name(variable)) => variable,
            _ => return self.fault(span, usage),
        };
        let mut boxed = || arguments.next().map(Box::new);
        let (test, body) = match (quantifier, boxed(), boxed(), boxed()) {
            (Quantifier::Map, Some(body), None, None) => (None, Some(body)),
            (Quantifier::Map, Some(test), Some(body), None) => (Some(test), Some(body)),
            (Quantifier::Map, ..) | (_, None, ..) | (_, _, Some(_), _) => return self.fault(span, usage),
            (_, test, ..) => (test, None),
        };
        self.term(TermKind::Quantified { quantifier, list: Box::new(list), variable, test, body }, span)
    }

    fn call(&mut self, call: Call) -> Parsed<Term> {
        let Call { name, target, arguments, span, at } = call;
        if name == "matches" {
            return self.matches(target.into_iter().chain(arguments).collect(), span);
        }
        let Some(builtin) = Builtin::named(&name) else {
            return self.term(TermKind::Host { function: name, target: target.map(Box::new), arguments }, span);
        };
        if target.is_some() && !builtin.receiver() {
            return self.fault(at, format!("「{name}」应写成 {name}(…),前面不加对象"));
        }
        let arguments: Vec<Term> = target.into_iter().chain(arguments).collect();
        let (least, most) = builtin.arity();
        if !(least..=most).contains(&arguments.len()) {
            let wanted = if least == most { least.to_string() } else { format!("{least} 至 {most}") };
            return self.fault(span, format!("「{name}」要 {wanted} 个参数，现在是 {} 个", arguments.len()));
        }
        self.term(TermKind::Call { builtin, arguments }, span)
    }

    fn matches(&mut self, arguments: Vec<Term>, span: Span) -> Parsed<Term> {
        let Ok([text, pattern]) = <[Term; 2]>::try_from(arguments) else {
            return self.fault(span, "「matches」要文字和正则式两个参数");
        };
        let TermKind::Literal(Value::Text(regex)) = &pattern.kind else {
            return self.fault(pattern.span, "正则式应直接写成文字，如 r'^G\\d{18}$'");
        };
        match regex::RegexBuilder::new(regex).size_limit(limits::PATTERN).nest_limit(50).build() {
            Ok(regex) => self.term(TermKind::Matches { text: Box::new(text), pattern: Pattern(regex) }, span),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
                self.fault(pattern.span, format!("正则式写错了：{reason}"))
            }
        }
    }
}

struct Call {
    name: String,
    target: Option<Term>,
    arguments: Vec<Term>,
    span: Span,
    at: Span,
}
