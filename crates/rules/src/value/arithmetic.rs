//! Exact arithmetic: integers stay integers under + − × %, a quotient is a decimal, null makes null.

use super::Value;
use rust_decimal::Decimal;
use serde::Serialize;

/// A binary arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operation {
    fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

/// The number of a value, as a decimal.
pub(crate) fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(value) => Some(Decimal::from(*value)),
        Value::Decimal(value) => Some(*value),
        _ => None,
    }
}

const OVERFLOW: &str = "计算结果超出可表示的范围";

/// `left operation right`; the error is a Chinese message without its place.
pub(crate) fn apply(operation: Operation, left: &Value, right: &Value) -> Result<Value, String> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(left), Value::Int(right)) if operation != Operation::Divide => integers(operation, *left, *right),
        (Value::Text(left), Value::Text(right)) if operation == Operation::Add => {
            Ok(Value::from(format!("{left}{right}")))
        }
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => decimals(operation, left, right),
            _ => {
                Err(format!("「{}」两边应为数，现在是{}和{}", operation.symbol(), left.type_name(), right.type_name()))
            }
        },
    }
}

fn integers(operation: Operation, left: i64, right: i64) -> Result<Value, String> {
    if operation == Operation::Remainder && right == 0 {
        return Err("除数为零".to_owned());
    }
    let result = match operation {
        Operation::Add => left.checked_add(right),
        Operation::Subtract => left.checked_sub(right),
        Operation::Multiply => left.checked_mul(right),
        Operation::Divide | Operation::Remainder => left.checked_rem(right),
    };
    result.map(Value::Int).ok_or_else(|| OVERFLOW.to_owned())
}

fn decimals(operation: Operation, left: Decimal, right: Decimal) -> Result<Value, String> {
    if right.is_zero() && matches!(operation, Operation::Divide | Operation::Remainder) {
        return Err("除数为零".to_owned());
    }
    let result = match operation {
        Operation::Add => left.checked_add(right),
        Operation::Subtract => left.checked_sub(right),
        Operation::Multiply => left.checked_mul(right),
        Operation::Divide => left.checked_div(right),
        Operation::Remainder => left.checked_rem(right),
    };
    result.map(Value::from).ok_or_else(|| OVERFLOW.to_owned())
}

/// `-value`.
pub(crate) fn negate(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Int(value) => value.checked_neg().map(Value::Int).ok_or_else(|| OVERFLOW.to_owned()),
        Value::Decimal(value) => Ok(Value::Decimal(-*value)),
        other => Err(format!("负号后面应为数，现在是{}", other.type_name())),
    }
}
