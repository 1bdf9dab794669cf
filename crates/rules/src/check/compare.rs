//! Which types may be compared, and texts against the closed list of their field.

use super::{Checker, meant};
use crate::syntax::{Comparison, Term, TermKind};
use crate::value::Value;
use crate::vocabulary::Type;

impl<'a> Checker<'a> {
    pub(super) fn compare(&mut self, comparison: Comparison, left: &'a Term, right: &'a Term) {
        let (one, other) = (self.infer(left), self.infer(right));
        let span = left.span.to(right.span);
        match comparison {
            Comparison::In => match &other {
                Type::List(item) => self.comparable(&one, item, span),
                Type::Any => {}
                Type::Map(_) | Type::Record(_) if one.fits(&Type::Text) => {}
                _ => {
                    self.fault(right.span, format!("in 后面应为列表，现在是{other}"));
                }
            },
            Comparison::Equal | Comparison::NotEqual => self.comparable(&one, &other, span),
            _ => {
                for (found, term) in [(&one, left), (&other, right)] {
                    if !matches!(found, Type::Any | Type::Int | Type::Number | Type::Date | Type::Text) {
                        self.fault(term.span, format!("{found}不分大小"));
                        return;
                    }
                }
                self.comparable(&one, &other, span);
            }
        }
        self.options(&one, right);
        self.options(&other, left);
    }

    fn comparable(&mut self, one: &Type, other: &Type, span: crate::fault::Span) {
        if one.fits(other) || other.fits(one) {
            return;
        }
        let hint = match (one, other) {
            (Type::Date, found) | (found, Type::Date) if found.is_text() => "，日期要写成 date('2026-10-01')",
            _ => "",
        };
        self.fault(span, format!("{one}和{other}不能比较{hint}"));
    }

    /// Faults every text that is not one of the options it is compared with.
    fn options(&mut self, declared: &Type, against: &'a Term) {
        let Type::Choice(options) = declared else { return };
        let texts = match &against.kind {
            TermKind::List(items) => items.iter().collect(),
            _ => vec![against],
        };
        for term in texts {
            if let TermKind::Literal(Value::Text(text)) = &term.kind
                && !options.iter().any(|option| **option == **text)
            {
                let meant = match meant(text, options.iter().map(String::as_str)) {
                    near if near.is_empty() => format!("，选项有：{}", options.join("、")),
                    near => near,
                };
                self.fault(term.span, format!("「{text}」不是选项{meant}"));
            }
        }
    }
}
