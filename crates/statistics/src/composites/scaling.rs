//! Indicators brought to one scale on which more is better.

use super::Column;
use thiserror::Error;

/// What counts as good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// The nearer to this value the better.
    Target(f64),
    /// Anything inside is best, outside the nearer the better.
    Interval(f64, f64),
}

/// How one indicator is to be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indicator {
    /// What counts as good.
    pub aim: Aim,
    /// Fixed ends of the scale instead of the smallest and largest value found; values beyond are cut.
    pub goalposts: Option<(f64, f64)>,
}

impl Default for Indicator {
    fn default() -> Self {
        Self { aim: Aim::Higher, goalposts: None }
    }
}

/// Why an indicator cannot be scaled.
#[derive(Debug, Error, PartialEq)]
pub enum ScaleError {
    /// Fewer than two values.
    #[error("{found} values, 2 needed")]
    TooFew {
        /// Values found.
        found: usize,
    },
    /// All values alike.
    #[error("all values are {value}")]
    NoVariation {
        /// The one value.
        value: f64,
    },
    /// Ends of a scale, or of an interval, that are not in ascending order.
    #[error("{low} is not below {high}")]
    Order {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

/// The values as they are for [`Aim::Higher`] and [`Aim::Lower`], else distances from the target or interval; and the
/// direction, 1 or −1.
///
/// # Errors
/// [`ScaleError`]: too few values, no variation, an interval with ends crossed.
pub fn towards(values: &[Option<f64>], aim: Aim) -> Result<(Column, f64), ScaleError> {
    let (column, direction) = match aim {
        Aim::Higher => (values.to_vec(), 1.0),
        Aim::Lower => (values.to_vec(), -1.0),
        Aim::Target(target) => (distances(values, target, target), -1.0),
        Aim::Interval(low, high) if low <= high => (distances(values, low, high), -1.0),
        Aim::Interval(low, high) => return Err(ScaleError::Order { low, high }),
    };
    range(&column)?;
    Ok((column, direction))
}

fn distances(values: &[Option<f64>], low: f64, high: f64) -> Column {
    values.iter().map(|value| value.map(|value| (low - value).max(value - high).max(0.0))).collect()
}

fn range(column: &[Option<f64>]) -> Result<(f64, f64), ScaleError> {
    let present = column.iter().flatten();
    let found = present.clone().count();
    if found < 2 {
        return Err(ScaleError::TooFew { found });
    }
    let (low, high) = present.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    if low == high { Err(ScaleError::NoVariation { value: low }) } else { Ok((low, high)) }
}

/// Scales to [0, 1], 1 best: (x − min)/(max − min), turned round where less is better; distances from a target or interval
/// become 1 − d / max d.
///
/// # Errors
/// [`ScaleError`].
pub fn min_max(values: &[Option<f64>], indicator: Indicator) -> Result<Column, ScaleError> {
    let (column, direction) = towards(values, indicator.aim)?;
    let (found_low, found_high) = range(&column)?;
    let (low, high) = match (indicator.goalposts, indicator.aim) {
        (Some((low, high)), _) if low < high => (low, high),
        (Some((low, high)), _) => return Err(ScaleError::Order { low, high }),
        (None, Aim::Target(_) | Aim::Interval(..)) => (0.0, found_high),
        (None, _) => (found_low, found_high),
    };
    let scale = |value: f64| {
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        if direction < 0.0 { 1.0 - share } else { share }
    };
    Ok(column.into_iter().map(|value| value.map(scale)).collect())
}

/// Standard scores with the sample standard deviation (n − 1), times the direction.
///
/// # Errors
/// [`ScaleError`].
pub fn directed_z(values: &[Option<f64>], aim: Aim) -> Result<Column, ScaleError> {
    let (column, direction) = towards(values, aim)?;
    let count = column.iter().flatten().count() as f64;
    let mean = column.iter().flatten().sum::<f64>() / count;
    let squares: f64 = column.iter().flatten().map(|value| (value - mean).powi(2)).sum();
    let deviation = (squares / (count - 1.0)).sqrt();
    Ok(column.into_iter().map(|value| value.map(|value| direction * (value - mean) / deviation)).collect())
}
