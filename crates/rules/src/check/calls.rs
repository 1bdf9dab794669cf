//! Types of the functions of the language and of the host.

use super::{Checker, meant};
use crate::fault::Span;
use crate::syntax::{Builtin, Term, known};
use crate::vocabulary::Type;

impl<'a> Checker<'a> {
    pub(super) fn builtin(&mut self, builtin: Builtin, arguments: &'a [Term], span: Span) -> Type {
        let found: Vec<Type> = arguments.iter().map(|term| self.infer(term)).collect();
        let (wanted, returns): (&[Type], Type) = match builtin {
            Builtin::Contains | Builtin::StartsWith | Builtin::EndsWith => (&[Type::Text, Type::Text], Type::Bool),
            Builtin::Days | Builtin::WorkingDays | Builtin::Age => (&[Type::Date, Type::Date], Type::Int),
            Builtin::AddDays | Builtin::AddWorkingDays => (&[Type::Date, Type::Int], Type::Date),
            Builtin::Year | Builtin::Month | Builtin::Day => (&[Type::Date], Type::Int),
            Builtin::Round | Builtin::Floor | Builtin::Ceil => {
                let whole = arguments.len() == 1;
                (&[Type::Number, Type::Int], if whole { Type::Int } else { Type::Number })
            }
            Builtin::Abs => (&[Type::Number], found.first().cloned().unwrap_or(Type::Any)),
            Builtin::First
            | Builtin::Last
            | Builtin::Size
            | Builtin::Date
            | Builtin::Sum
            | Builtin::Min
            | Builtin::Max
            | Builtin::Coalesce => {
                return self.generic(builtin, &found, span);
            }
        };
        for ((found, wanted), term) in found.iter().zip(wanted).zip(arguments) {
            if !found.fits(wanted) {
                self.fault(term.span, format!("「{}」这里要{wanted}，现在是{found}", builtin.name()));
            }
        }
        returns
    }

    fn generic(&mut self, builtin: Builtin, found: &[Type], span: Span) -> Type {
        let items = match found {
            [Type::List(item)] => vec![(**item).clone()],
            found => found.to_vec(),
        };
        let all = |test: fn(&Type) -> bool| items.iter().all(|item| *item == Type::Any || test(item));
        let fits = match builtin {
            Builtin::Size => {
                matches!(found, [Type::Any | Type::List(_) | Type::Map(_) | Type::Record(_)])
                    || found.iter().all(Type::is_text)
            }
            Builtin::Date => all(|item| item.is_text() || *item == Type::Date),
            Builtin::Sum => matches!(found, [Type::Any | Type::List(_)]) && all(Type::is_number),
            Builtin::First | Builtin::Last => matches!(found, [Type::Any | Type::List(_)]),
            Builtin::Min | Builtin::Max => all(Type::is_number) || all(|item| *item == Type::Date),
            _ => true,
        };
        if !fits {
            let types: Vec<String> = found.iter().map(Type::to_string).collect();
            return self.fault(span, format!("「{}」不能用于{}", builtin.name(), types.join("、")));
        }
        match builtin {
            Builtin::Size => Type::Int,
            Builtin::Date => Type::Date,
            _ => items.into_iter().reduce(Type::or).unwrap_or(Type::Any),
        }
    }

    pub(super) fn host(
        &mut self,
        function: &'a str,
        target: Option<&'a Term>,
        arguments: &'a [Term],
        span: Span,
    ) -> Type {
        let Some(signature) = self.vocabulary.function(function) else {
            let mut words: Vec<&str> = self.vocabulary.functions().collect();
            words.append(&mut known());
            let meant = meant(function, words);
            for term in target.into_iter().chain(arguments) {
                self.infer(term);
            }
            return self.fault(span, format!("不认识的函数「{function}」{meant}"));
        };
        match (target, &signature.target) {
            (Some(term), Some(wanted)) => {
                self.want(term, wanted, &format!("「{function}」前面"));
            }
            (None, None) => {}
            (Some(_), None) => {
                self.fault(span, format!("「{function}」应写成 {function}(…),前面不加对象"));
            }
            (None, Some(wanted)) => {
                self.fault(span, format!("「{function}」应写成 对象.{function}(…),对象是{wanted}"));
            }
        }
        if arguments.len() != signature.parameters.len() {
            let wanted = signature.parameters.len();
            self.fault(span, format!("「{function}」要 {wanted} 个参数，现在是 {} 个", arguments.len()));
        }
        for (term, wanted) in arguments.iter().zip(&signature.parameters) {
            self.want(term, wanted, &format!("「{function}」的参数"));
        }
        signature.returns.clone()
    }
}
