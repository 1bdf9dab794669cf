//! Differences between two periods, exact, and what the other period is.

use super::{Exact, Parameter, Parameters, SHIFT};
use serde::{Deserialize, Serialize};

/// The period that a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The period before (环比).
    Previous,
    /// The same period of the year before (同比).
    YearAgo,
}

impl Against {
    /// Reads `previous` or `year_ago`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "previous" => Some(Self::Previous),
            "year_ago" => Some(Self::YearAgo),
            _ => None,
        }
    }

    /// The value of the parameter [`SHIFT`] that asks for this period.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Previous => "previous",
            Self::YearAgo => "year_ago",
        }
    }

    /// The same question about the other period.
    #[must_use]
    pub fn shift(self, parameters: &Parameters) -> Parameters {
        let mut shifted = parameters.clone();
        shifted.insert(SHIFT.to_owned(), Parameter::Text(self.key().to_owned()));
        shifted
    }
}

/// `now` − `then`. A difference of rates is a rate (its points are hundredths), of numbers a number; anything else has no difference.
#[must_use]
pub(super) fn difference(now: &Exact, then: &Exact) -> Exact {
    match (now, then) {
        (Exact::Suppressed, _) | (_, Exact::Suppressed) => Exact::Suppressed,
        (Exact::Number { .. }, Exact::Number { .. }) => numbers(now, then).unwrap_or(Exact::Missing),
        (Exact::Ratio { .. }, Exact::Ratio { .. }) => ratios(now, then).unwrap_or(Exact::Missing),
        _ => Exact::Missing,
    }
}

fn numbers(now: &Exact, then: &Exact) -> Option<Exact> {
    let (Exact::Number { scaled: a, scale: p }, Exact::Number { scaled: b, scale: q }) = (now, then) else {
        return None;
    };
    let scale = *p.max(q);
    let raise = |value: i64, from: u8| value.checked_mul(10_i64.checked_pow(u32::from(scale.checked_sub(from)?))?);
    Some(Exact::Number { scaled: raise(*a, *p)?.checked_sub(raise(*b, *q)?)?, scale })
}

fn ratios(now: &Exact, then: &Exact) -> Option<Exact> {
    let ((a, b), (c, d)) = (now.fraction()?, then.fraction()?);
    let numerator = a.checked_mul(d)?.checked_sub(c.checked_mul(b)?)?;
    let denominator = b.checked_mul(d)?;
    let shared = common_divisor(numerator.abs(), denominator).max(1);
    Some(Exact::Ratio {
        numerator: i64::try_from(numerator / shared).ok()?,
        denominator: i64::try_from(denominator / shared).ok()?,
    })
}

fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
