//! The macros over lists: `exists`, `all`, `exists_one`, `filter` and `map`.

use super::{Evaluated, Evaluator};
use crate::syntax::{Quantifier, Term, TermKind};
use crate::value::Value;

impl<'a> Evaluator<'a> {
    /// A missing list has no element of any kind: `exists`, `all` and `exists_one` are false of it, the others missing.
    pub(super) fn quantified(&mut self, term: &'a Term) -> Evaluated {
        let TermKind::Quantified { quantifier, list, variable, test, body } = &term.kind else {
            return self.fault(term.span, "不是列表运算");
        };
        let items = match self.value(list)? {
            Value::List(items) => items,
            Value::Null => {
                let missing = matches!(quantifier, Quantifier::Filter | Quantifier::Map);
                return Ok(if missing { Value::Null } else { Value::Bool(false) });
            }
            other => return self.fault(list.span, format!("这里应为列表，现在是{}", other.type_name())),
        };
        let (mut found, mut kept) = (0_usize, Vec::new());
        for item in items.iter() {
            self.variables.push((variable, item.clone()));
            let holds = test.as_ref().map_or(Ok(true), |test| self.truth(test));
            let made = match (&holds, body) {
                (Ok(true), Some(body)) => self.element(body),
                _ => Ok(item.clone()),
            };
            self.variables.pop();
            let (holds, made) = (holds?, made?);
            found += usize::from(holds);
            match quantifier {
                Quantifier::Exists if holds => return Ok(Value::Bool(true)),
                Quantifier::All if !holds => return Ok(Value::Bool(false)),
                Quantifier::Filter | Quantifier::Map if holds => kept.push(made),
                _ => {}
            }
        }
        Ok(match quantifier {
            Quantifier::Exists => Value::Bool(false),
            Quantifier::All => Value::Bool(true),
            Quantifier::ExistsOne => Value::Bool(found == 1),
            Quantifier::Filter | Quantifier::Map => Value::list(kept),
        })
    }
}
