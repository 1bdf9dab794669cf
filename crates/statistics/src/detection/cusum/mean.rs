//! The in-control mean of a CUSUM: given, estimated from the past, or seasonal by regression.

use super::{DetectionError, Mode, Series};
use crate::detection::irls::Design;

/// Where the in-control mean comes from (`m`).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Mean {
    /// Mean of all counts before the range, fixed (R's NULL).
    #[default]
    Past,
    /// One number, or one per monitored point.
    Given(Vec<f64>),
    /// Poisson regression of the counts before the range on one yearly wave (R's "glm").
    Seasonal,
}

impl Mean {
    /// One mean per monitored point.
    ///
    /// In the default mode missing counts are left out and half a case is added, so that a past of zeros has a mean; in compat
    /// a missing count makes the mean missing.
    ///
    /// # Errors
    /// Given means of another length than 1 or the range; no count before the range (default mode).
    pub(super) fn over(
        &self,
        series: Series<'_>,
        range: std::ops::Range<usize>,
        mode: Mode,
    ) -> Result<Vec<f64>, DetectionError> {
        let length = range.len();
        match self {
            Self::Given(values) => match values.as_slice() {
                [one] => Ok(vec![*one; length]),
                many if many.len() == length => Ok(many.to_vec()),
                many => Err(DetectionError::Shape { what: "m", expected: length, found: many.len() }),
            },
            // R takes rows 1:0, that is the first one, when nothing lies before the range
            Self::Past if mode == Mode::R => {
                let past = series.counts.get(..range.start.max(1)).unwrap_or(&[]);
                Ok(vec![past.iter().sum::<f64>() / past.len() as f64; length])
            }
            Self::Past => {
                let present: Vec<f64> = past(series, range.start).map(|(_, y)| y).collect();
                if present.is_empty() {
                    return Err(DetectionError::TooShort { first: 2, asked: range.start + 1 });
                }
                let sum: f64 = present.iter().sum();
                let n = present.len() as f64;
                let mean = if sum > 0.0 { sum / n } else { 0.5 / n };
                Ok(vec![mean; length])
            }
            Self::Seasonal => seasonal(series, range),
        }
    }
}

/// Present counts before a row.
fn past(series: Series<'_>, before: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
    series.counts.iter().copied().enumerate().take(before).filter(|(_, y)| !y.is_nan())
}

/// Means of the regression log m = a + b·cos(2πt/freq) + c·sin(2πt/freq), t = start + index.
fn seasonal(series: Series<'_>, range: std::ops::Range<usize>) -> Result<Vec<f64>, DetectionError> {
    let angle = |row: usize| {
        let t = (series.timeline.start.1 + row) as f64;
        2.0 * std::f64::consts::PI * t / series.timeline.frequency as f64
    };
    let (rows, y): (Vec<usize>, Vec<f64>) = past(series, range.start).unzip();
    if rows.len() < 3 {
        return Err(DetectionError::TooShort { first: 4, asked: range.start + 1 });
    }
    let column = |f: fn(f64) -> f64| rows.iter().map(|row| f(angle(*row))).collect::<Vec<f64>>();
    let columns = vec![vec![1.0; rows.len()], column(f64::cos), column(f64::sin)];
    let design = Design { columns, offset: vec![0.0; y.len()], prior: vec![1.0; y.len()], y };
    let stop = DetectionError::ReferenceStops { row: range.start, reason: "the seasonal regression has no finite fit" };
    let fit = design.fit().ok_or(stop)?;
    Ok(range.map(|row| fit.predict(&[1.0, angle(row).cos(), angle(row).sin()]).exp().max(f64::EPSILON)).collect())
}
