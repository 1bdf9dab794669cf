//! The in-control mean of a CUSUM: given, estimated from the past, or seasonal by regression.

use super::super::farrington::{FlexibleParams, Predictor};
use super::super::learned::Learned;
use super::super::recent::Recent;
use super::{DetectionError, Series};
use crate::detection::irls::Design;
use crate::distributions::CountLaw;
use std::ops::Range;

/// Where the in-control mean comes from (`m`).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Mean {
    /// In compat the mean of all counts before the range, fixed (R's NULL). By default a predictive law for every day: the flexible
    /// regression on earlier years once there is one, else the last 28 points but 7.
    #[default]
    Past,
    /// One number, or one per monitored point.
    Given(Vec<f64>),
    /// Poisson regression of the counts before the range on one yearly wave (R's "glm").
    Seasonal,
}

/// The baseline of a series without a past year.
const RECENT: Recent = Recent { baseline: 28, lag: 7, least: 3 };

impl Mean {
    /// R's means, one per monitored point; a missing count before the range makes the mean missing.
    ///
    /// # Errors
    /// Given means of another length than 1 or the range.
    pub(super) fn as_r(&self, series: Series<'_>, range: Range<usize>) -> Result<Vec<f64>, DetectionError> {
        match self {
            Self::Given(values) => given(values, range.len()),
            // R takes rows 1:0, that is the first one, when nothing lies before the range
            Self::Past => {
                let past = series.counts.get(..range.start.max(1)).unwrap_or(&[]);
                Ok(vec![past.iter().sum::<f64>() / past.len() as f64; range.len()])
            }
            Self::Seasonal => Ok(seasonal(series, &range)?.split_off(range.start)),
        }
    }

    /// Predictive laws of the default mode, one per monitored point; `None` where the past is too short.
    ///
    /// # Errors
    /// Given means of another length than 1 or the range.
    pub(super) fn laws(
        &self,
        series: Series<'_>,
        range: Range<usize>,
    ) -> Result<Vec<Option<CountLaw>>, DetectionError> {
        match self {
            Self::Given(values) => Ok(learned(series, &given(values, range.len())?, range.start)),
            Self::Seasonal => Ok(learned(series, &seasonal(series, &range)?, 0).split_off(range.start)),
            Self::Past => {
                let mut predictor = Predictor::default();
                let recent = RECENT.laws(series, range.clone());
                let law = |(index, recent): (usize, Option<CountLaw>)| {
                    years(series, index).and_then(|params| predictor.law(series, &params, index)).or(recent)
                };
                Ok(range.zip(recent).map(law).collect())
            }
        }
    }
}

/// One mean per point from one number or a list.
fn given(values: &[f64], length: usize) -> Result<Vec<f64>, DetectionError> {
    match values {
        [one] => Ok(vec![*one; length]),
        many if many.len() == length => Ok(many.to_vec()),
        many => Err(DetectionError::Shape { what: "m", expected: length, found: many.len() }),
    }
}

/// Laws for known means from a row on, the dispersion learned as the days pass.
fn learned(series: Series<'_>, means: &[f64], from: usize) -> Vec<Option<CountLaw>> {
    let mut learned = Learned::default();
    (from..).zip(means).map(|(index, mean)| learned.given(*mean, series.at(index))).collect()
}

/// The regression on earlier years for a row: as many of the last five as there are; `None` before the first is over.
fn years(series: Series<'_>, index: usize) -> Option<FlexibleParams> {
    let frequency = series.timeline.frequency;
    let (half_width, periods) = match frequency {
        0..4 => return None,
        4..12 => (0, 1),
        12..52 => (1, 4),
        _ => (3, 10),
    };
    let years = (index.checked_sub(half_width)? / frequency).min(5);
    let mut params = FlexibleParams { periods, skipped: Some((frequency / 2).min(26)), ..FlexibleParams::default() };
    (params.common.years, params.common.half_width) = (years, half_width);
    (years > 0).then_some(params)
}

/// Present counts before a row.
fn past(series: Series<'_>, before: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
    series.counts.iter().copied().enumerate().take(before).filter(|(_, y)| !y.is_nan())
}

/// Means of the regression log m = a + b·cos(2πt/freq) + c·sin(2πt/freq), t = start + index, for all rows up to the range's end.
fn seasonal(series: Series<'_>, range: &Range<usize>) -> Result<Vec<f64>, DetectionError> {
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
    let mean = |row: usize| fit.predict(&[1.0, angle(row).cos(), angle(row).sin()]).exp().max(f64::EPSILON);
    Ok((0..range.end).map(mean).collect())
}
