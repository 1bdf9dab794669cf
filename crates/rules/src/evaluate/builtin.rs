//! The functions of the language.

use super::{Evaluated, Evaluator, weight};
use crate::fault::Span;
use crate::limits;
use crate::syntax::{Builtin, Term};
use crate::value::{Decimal, Operation, Value, apply, number, order};
use rust_decimal::RoundingStrategy;

impl<'a> Evaluator<'a> {
    pub(super) fn call(&mut self, builtin: Builtin, arguments: &'a [Term], span: Span) -> Evaluated {
        if builtin == Builtin::Coalesce {
            for term in arguments {
                let value = self.value(term)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            return Ok(Value::Null);
        }
        let values = arguments.iter().map(|term| self.value(term)).collect::<Evaluated<Vec<_>>>()?;
        self.charge(span, values.iter().map(weight).sum())?;
        if matches!(builtin, Builtin::Contains | Builtin::StartsWith | Builtin::EndsWith) {
            return self.search(builtin, &values, span).map(Value::Bool);
        }
        // Whatever is computed from a missing answer is missing.
        if values.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        let result = match (builtin, values.as_slice()) {
            (Builtin::Min | Builtin::Max, [Value::List(items)]) => extreme(builtin, items),
            (Builtin::Min | Builtin::Max, values) => extreme(builtin, values),
            (Builtin::Size, [value]) => size(value),
            (Builtin::First, [Value::List(items)]) => Ok(items.first().cloned().unwrap_or_default()),
            (Builtin::Last, [Value::List(items)]) => Ok(items.last().cloned().unwrap_or_default()),
            (Builtin::Sum, [Value::List(items)]) => {
                items.iter().try_fold(Value::Int(0), |sum, item| apply(Operation::Add, &sum, item))
            }
            (Builtin::Abs | Builtin::Floor | Builtin::Ceil | Builtin::Round, [value]) => rounded(builtin, value, 0),
            (Builtin::Round, [value, Value::Int(places @ 0..=28)]) => {
                rounded(builtin, value, u32::try_from(*places).unwrap_or_default())
            }
            (_, values) => match self.date_call(builtin, values) {
                Some(result) => result,
                None => Err(wrong(builtin, values)),
            },
        };
        self.placed(span, result)
    }

    fn search(&self, builtin: Builtin, values: &[Value], span: Span) -> Evaluated<bool> {
        match values {
            [Value::Null, _] | [_, Value::Null] => Ok(false),
            [Value::Text(text), Value::Text(part)] => Ok(match builtin {
                Builtin::StartsWith => text.starts_with(&**part),
                Builtin::EndsWith => text.ends_with(&**part),
                _ => text.contains(&**part),
            }),
            values => self.fault(span, wrong(builtin, values)),
        }
    }

    pub(super) fn matches(&mut self, text: &'a Term, pattern: &regex::Regex) -> Evaluated {
        match self.value(text)? {
            Value::Null => Ok(Value::Bool(false)),
            Value::Text(value) if value.len() > limits::TEXT * 4 => self.fault(text.span, "文字过长，不能用正则式查找"),
            Value::Text(value) => {
                self.charge(text.span, value.len() / 8 + 16)?;
                Ok(Value::Bool(pattern.is_match(&value)))
            }
            other => self.fault(text.span, format!("matches 要文字，现在是{}", other.type_name())),
        }
    }
}

fn wrong(builtin: Builtin, values: &[Value]) -> String {
    let types: Vec<&str> = values.iter().map(Value::type_name).collect();
    format!("「{}」不能用于{}", builtin.name(), types.join("、"))
}

fn size(value: &Value) -> Result<Value, String> {
    let size = match value {
        Value::Text(text) => text.chars().count(),
        Value::List(items) => items.len(),
        Value::Map(entries) => entries.len(),
        other => return Err(wrong(Builtin::Size, std::slice::from_ref(other))),
    };
    Ok(Value::Int(i64::try_from(size).unwrap_or(i64::MAX)))
}

/// The least or greatest of numbers or of dates; null when one is missing or there is none.
fn extreme(builtin: Builtin, values: &[Value]) -> Result<Value, String> {
    let mut best: Option<&Value> = None;
    for value in values {
        match value {
            Value::Null => return Ok(Value::Null),
            Value::Int(_) | Value::Decimal(_) | Value::Date(_) => {}
            other => return Err(wrong(builtin, std::slice::from_ref(other))),
        }
        let better = match best {
            None => true,
            Some(best) => order(value, best)?
                .is_some_and(|order| if builtin == Builtin::Min { order.is_lt() } else { order.is_gt() }),
        };
        if better {
            best = Some(value);
        }
    }
    Ok(best.cloned().unwrap_or_default())
}

/// Rounds half away from zero (四舍五入); a whole result without places is an integer.
fn rounded(builtin: Builtin, value: &Value, places: u32) -> Result<Value, String> {
    if let Value::Int(whole) = value {
        return match builtin {
            Builtin::Abs => whole.checked_abs().map(Value::Int).ok_or_else(|| "数值过大".to_owned()),
            _ => Ok(Value::Int(*whole)),
        };
    }
    let exact = number(value).ok_or_else(|| wrong(builtin, std::slice::from_ref(value)))?;
    let result: Decimal = match builtin {
        Builtin::Abs => return Ok(Value::from(exact.abs())),
        Builtin::Floor => exact.floor(),
        Builtin::Ceil => exact.ceil(),
        _ => exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero),
    };
    if places > 0 {
        return Ok(Value::from(result));
    }
    i64::try_from(result).map(Value::Int).map_err(|_| "数值过大".to_owned())
}
