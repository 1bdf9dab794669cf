//! One answer of many facts as one typed column. What does not fit the type is missing, and counted.

use datafusion::arrow::{
    array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int32Array, Int64Array, StringViewArray},
    datatypes::{DECIMAL128_MAX_PRECISION, Decimal128Type, DecimalType},
    error::ArrowError,
};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::sync::Arc;
use yanpan_kernel::form::{FieldKind, decimal};

/// Days since 1970-01-01, as Arrow's `Date32` counts.
pub(crate) fn days(day: Date) -> i32 {
    date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

/// The date of a number of days since 1970-01-01; `None` outside the calendar.
pub(crate) fn day(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A column, and how many answers did not fit it.
pub(super) struct Filled {
    /// The values.
    pub(super) column: ArrayRef,
    /// Answers that are there but have another type.
    pub(super) unread: usize,
}

/// The column of a field from the answers to it, one for each fact.
///
/// # Errors
/// When the scale is beyond what Arrow holds.
pub(super) fn fill(kind: &FieldKind, answers: &[Option<&Value>]) -> Result<Filled, ArrowError> {
    let (column, known): (ArrayRef, usize) = match kind {
        FieldKind::Text { .. } | FieldKind::Choice { .. } => {
            let array: StringViewArray = read(answers, text).collect();
            counted(array)
        }
        FieldKind::Integer { .. } => counted(read(answers, integer).collect::<Int64Array>()),
        FieldKind::Decimal { scale, .. } => {
            let array: Decimal128Array = read(answers, |value| exact(value, *scale)).collect();
            counted(array.with_precision_and_scale(DECIMAL128_MAX_PRECISION, i8::try_from(*scale).unwrap_or(i8::MAX))?)
        }
        FieldKind::Date => {
            counted(read(answers, |value| value.as_str()?.parse().ok().map(days)).collect::<Date32Array>())
        }
        FieldKind::YesNo => counted(read(answers, Value::as_bool).collect::<BooleanArray>()),
        FieldKind::Files { .. } => counted(read(answers, files).collect::<Int32Array>()),
    };
    let given = answers.iter().flatten().filter(|value| !value.is_null()).count();
    Ok(Filled { column, unread: given.saturating_sub(known) })
}

fn read<'a, T>(
    answers: &'a [Option<&'a Value>],
    as_type: impl Fn(&'a Value) -> Option<T>,
) -> impl Iterator<Item = Option<T>> {
    answers.iter().map(move |answer| answer.and_then(&as_type))
}

fn counted(array: impl datafusion::arrow::array::Array + 'static) -> (ArrayRef, usize) {
    let known = array.len() - array.null_count();
    (Arc::new(array), known)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// The value times ten to the scale; exact or nothing.
fn exact(value: &Value, scale: u32) -> Option<i128> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let value = decimal(text.trim(), scale)?.replace('.', "").parse().ok()?;
    Decimal128Type::is_valid_decimal_precision(value, DECIMAL128_MAX_PRECISION).then_some(value)
}

fn files(value: &Value) -> Option<i32> {
    i32::try_from(value.as_array()?.len()).ok()
}
