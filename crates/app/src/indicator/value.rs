//! Exact values as pages take them and as sentences print them; rounding is 四舍五入 of the exact value.

use crate::ports::Exact;
use serde_json::{Value as Json, json};
use std::cmp::Ordering;
use yanpan_kernel::indicator::Definition;

/// A value with its numerator and denominator kept apart.
pub(super) fn shown(value: &Exact) -> Json {
    match value {
        Exact::Missing => json!({ "missing": true }),
        Exact::Suppressed => json!({ "suppressed": true }),
        Exact::Count(count) => json!({ "count": count }),
        Exact::Ratio(numerator, denominator) => json!({ "numerator": numerator, "denominator": denominator }),
    }
}

/// A value as a sentence prints it; `None` where there is nothing to print.
pub(super) fn printed(definition: &Definition, value: &Exact) -> Option<String> {
    match value {
        Exact::Count(count) => Some(format!("{count}{}", definition.unit)),
        Exact::Ratio(numerator, denominator) if *denominator != 0 => {
            let size = tenths((*numerator).into(), (*denominator).into(), scale(definition))?;
            Some(format!("{size}{}", definition.unit))
        }
        _ => None,
    }
}

/// How a value differs from an earlier one: its sign, and its size as printed.
pub(super) fn difference(definition: &Definition, now: &Exact, then: &Exact) -> Option<(Ordering, String)> {
    match (now, then) {
        (Exact::Count(now), Exact::Count(then)) => {
            Some((now.cmp(then), format!("{}{}", now.abs_diff(*then), definition.unit)))
        }
        (Exact::Ratio(a, b), Exact::Ratio(c, d)) if *b != 0 && *d != 0 => {
            let [a, b, c, d] = [*a, *b, *c, *d].map(i128::from);
            let (numerator, denominator) = (a * d - c * b, b * d);
            let size = tenths(numerator.abs(), denominator, scale(definition))?;
            let sign = if size == "0" { Ordering::Equal } else { numerator.signum().cmp(&0) };
            let measure = if definition.unit == "%" { "个百分点" } else { definition.unit.as_str() };
            Some((sign, format!("{size}{measure}")))
        }
        _ => None,
    }
}

/// Which of two values is larger; `None` where they cannot be compared.
pub(super) fn order(one: &Exact, other: &Exact) -> Option<Ordering> {
    match (one, other) {
        (Exact::Count(one), Exact::Count(other)) => Some(one.cmp(other)),
        (Exact::Ratio(a, b), Exact::Ratio(c, d)) if *b > 0 && *d > 0 => {
            Some((i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b))))
        }
        _ => None,
    }
}

fn scale(definition: &Definition) -> i128 {
    if definition.unit == "%" { 100 } else { 1 }
}

/// `scale` × numerator ÷ denominator with one decimal place, which is left out where it is 0.
fn tenths(numerator: i128, denominator: i128, scale: i128) -> Option<String> {
    let doubled = numerator.checked_mul(scale)?.checked_mul(20)?.checked_add(denominator)?;
    let tenths = doubled.checked_div_euclid(denominator.checked_mul(2)?)?;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    Some(if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") })
}
