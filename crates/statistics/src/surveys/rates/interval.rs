//! Score intervals for a rate and for a difference of two rates.

use super::{Count, as_f64};

/// A closed interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Wilson's score interval without continuity correction; `None` where nobody answered.
///
/// `z` is the normal quantile of the wanted level, 1.96 for 95 %. Pointwise coverage oscillates about the nominal level and
/// falls below it near 0 and 1. Source: Wilson 1927, JASA 22:209; Brown, Cai & DasGupta 2001, Statistical Science 16:101.
#[must_use]
pub fn wilson(count: Count, z: f64) -> Option<Interval> {
    let p = count.rate()?;
    let n = as_f64(count.n);
    let square = z * z;
    let centre = p + square / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt();
    let width = 1.0 + square / n;
    // At the ends the exact limit is 0 or 1; rounding must not cross it.
    let low = if count.x == 0 { 0.0 } else { (centre - half) / width };
    let high = if count.x == count.n { 1.0 } else { (centre + half) / width };
    Some(Interval { low, high })
}

/// Newcombe's hybrid score interval for `first` − `second`; `None` where either has no answers.
///
/// Source: Newcombe 1998, Statistics in Medicine 17:873, method 10.
#[must_use]
pub fn newcombe(first: Count, second: Count, z: f64) -> Option<Interval> {
    let (p1, p2) = (first.rate()?, second.rate()?);
    let (w1, w2) = (wilson(first, z)?, wilson(second, z)?);
    let difference = p1 - p2;
    Some(Interval {
        low: difference - (p1 - w1.low).hypot(w2.high - p2),
        high: difference + (w1.high - p1).hypot(p2 - w2.low),
    })
}
