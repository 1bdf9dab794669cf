//! Values from and to JSON. Dates are ISO texts and are told from texts by the declared type.

use super::{Decimal, Value};
use crate::vocabulary::Type;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use std::str::FromStr;

/// An answer that is not of its declared type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}应为{expected}，现在是 {found}", if .path.is_empty() { "值".to_owned() } else { format!("「{}」", .path) })]
pub struct JsonError {
    /// Dotted path to the value, empty for the whole.
    pub path: String,
    /// Chinese name of the declared type.
    pub expected: String,
    /// What was found, shortened.
    pub found: String,
}

impl Value {
    /// Reads JSON as a value of this type: an ISO text is a date where a date is declared, a numeric text is a number
    /// where a number is, and for [`Type::Any`] JSON's own types are kept.
    ///
    /// # Errors
    /// [`JsonError`] names the first value that is not of its type; null is of every type.
    pub fn from_json(json: &Json, declared: &Type) -> Result<Self, JsonError> {
        read(json, declared, "", 0)
    }

    /// As JSON. A decimal becomes a number if that prints the same digits, else a text; a date becomes an ISO text.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Int(value) => Json::from(*value),
            Self::Decimal(value) => {
                let text = value.normalize().to_string();
                let number = serde_json::from_str::<Json>(&text).ok();
                let printed = number.as_ref().map(Json::to_string);
                number.filter(|_| printed.as_ref() == Some(&text)).unwrap_or(Json::String(text))
            }
            Self::Text(value) => Json::String(value.to_string()),
            Self::Date(value) => Json::String(value.to_string()),
            Self::List(values) => Json::Array(values.iter().map(Self::to_json).collect()),
            Self::Map(entries) => {
                Json::Object(entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect())
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

fn read(json: &Json, declared: &Type, path: &str, depth: u16) -> Result<Value, JsonError> {
    let wrong = || JsonError {
        path: path.to_owned(),
        expected: declared.to_string(),
        found: json.to_string().chars().take(40).collect(),
    };
    // JSON parsers bound the depth of what they read, but this value may have been built by hand.
    if depth > crate::limits::DEPTH {
        return Err(wrong());
    }
    match (declared, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::Any | Type::Bool, Json::Bool(value)) => Ok(Value::Bool(*value)),
        (Type::Any | Type::Int | Type::Number, Json::Number(value)) => {
            let value = read_number(&value.to_string()).ok_or_else(wrong)?;
            whole_if(value, declared).ok_or_else(wrong)
        }
        (Type::Int | Type::Number, Json::String(text)) => {
            whole_if(read_number(text.trim()).ok_or_else(wrong)?, declared).ok_or_else(wrong)
        }
        (Type::Any | Type::Text | Type::Choice(_), Json::String(text)) => Ok(Value::from(text.as_str())),
        (Type::Date, Json::String(text)) => text.parse().map(Value::Date).map_err(|_| wrong()),
        (Type::Any, Json::Array(items)) => list(items, &Type::Any, path, depth),
        (Type::List(item), Json::Array(items)) => list(items, item, path, depth),
        (Type::Any, Json::Object(_)) => map(json, |_| Type::Any, path, depth),
        (Type::Map(item), Json::Object(_)) => map(json, |_| (**item).clone(), path, depth),
        (Type::Record(fields), Json::Object(_)) => {
            map(json, |key| fields.get(key).cloned().unwrap_or(Type::Any), path, depth)
        }
        _ => Err(wrong()),
    }
}

fn list(items: &[Json], item: &Type, path: &str, depth: u16) -> Result<Value, JsonError> {
    let values = items.iter().enumerate().map(|(index, json)| read(json, item, &format!("{path}[{index}]"), depth + 1));
    values.collect::<Result<Vec<_>, _>>().map(Value::list)
}

fn map(json: &Json, declared: impl Fn(&str) -> Type, path: &str, depth: u16) -> Result<Value, JsonError> {
    let entries = json.as_object().into_iter().flatten().map(|(key, json)| {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        read(json, &declared(key), &path, depth + 1).map(|value| (key.clone(), value))
    });
    entries.collect::<Result<Vec<_>, _>>().map(Value::map)
}

/// A number without exponent, exact; `i64` when it is written whole and fits.
fn read_number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::Int(whole));
    }
    // A number beyond 28 digits is refused, not rounded.
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok().map(Value::from)
}

fn whole_if(value: Value, declared: &Type) -> Option<Value> {
    match (&value, declared) {
        (Value::Decimal(number), Type::Int) if number.is_integer() => i64::try_from(*number).ok().map(Value::Int),
        (Value::Decimal(_), Type::Int) => None,
        _ => Some(value),
    }
}

impl FromStr for Value {
    type Err = JsonError;

    /// Reads JSON text with JSON's own types.
    fn from_str(text: &str) -> Result<Self, JsonError> {
        let wrong =
            |_| JsonError { path: String::new(), expected: " JSON".to_owned(), found: text.chars().take(40).collect() };
        Self::from_json(&serde_json::from_str(text).map_err(wrong)?, &Type::Any)
    }
}
