//! Equality and order of values: numbers by value, everything else only with its own type.

use super::{Value, number};
use std::cmp::Ordering;

fn mismatch(left: &Value, right: &Value) -> String {
    format!("{}和{}不能比较", left.type_name(), right.type_name())
}

/// Whether two values are equal; anything beside null is not; other types than one another's are an error.
pub(crate) fn equal(left: &Value, right: &Value) -> Result<bool, String> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(false),
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        (Value::Text(left), Value::Text(right)) => Ok(left == right),
        (Value::Date(left), Value::Date(right)) => Ok(left == right),
        (Value::List(left), Value::List(right)) => {
            for (left, right) in left.iter().zip(right.iter()) {
                if !equal(left, right)? {
                    return Ok(false);
                }
            }
            Ok(left.len() == right.len())
        }
        (Value::Map(left), Value::Map(right)) => Ok(left == right),
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => Ok(left == right),
            _ => Err(mismatch(left, right)),
        },
    }
}

/// The order of two values; `None` beside null; texts are ordered by code point.
pub(crate) fn order(left: &Value, right: &Value) -> Result<Option<Ordering>, String> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(None),
        (Value::Text(left), Value::Text(right)) => Ok(Some(left.cmp(right))),
        (Value::Date(left), Value::Date(right)) => Ok(Some(left.cmp(right))),
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => Ok(Some(left.cmp(&right))),
            _ => Err(mismatch(left, right)),
        },
    }
}
