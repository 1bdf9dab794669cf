//! One series of counts with its time axis: the input of every detector of one series.

use super::DetectionError;
use jiff::civil::Date;

/// Largest count accepted: beyond it a count is a slip of the keyboard, and whole numbers lose digits in sums of squares.
pub const MAX_COUNT: f64 = 1e12;

/// The time axis: `frequency` points a year, beginning at `start` (year, point within the year from 1), with civil dates if known.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// Points per year: 52 weekly, 12 monthly, 365 daily.
    pub frequency: usize,
    /// Year and point within the year (from 1) of the first row.
    pub start: (i32, usize),
    /// Date of each row, strictly increasing; `None` when rows are only numbered.
    pub dates: Option<Vec<Date>>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self { frequency: 52, start: (2001, 1), dates: None }
    }
}

/// Counts of one unit over time. A missing value is NaN and never means zero.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// Counts, oldest first; NaN is missing.
    pub counts: &'a [f64],
    /// Population (or share) of each row, for offsets.
    pub population: Option<&'a [f64]>,
    /// The time axis.
    pub timeline: &'a Timeline,
}

impl<'a> Series<'a> {
    /// A series whose counts, population and dates have been checked.
    ///
    /// # Errors
    /// [`DetectionError::NotACount`] at the first bad count, [`DetectionError::Shape`] when lengths differ.
    pub fn new(
        counts: &'a [f64],
        population: Option<&'a [f64]>,
        timeline: &'a Timeline,
    ) -> Result<Self, DetectionError> {
        check_counts(counts)?;
        let lengths = [("population", population.map(<[f64]>::len)), ("dates", timeline.dates.as_ref().map(Vec::len))];
        for (what, found) in lengths {
            if let Some(found) = found
                && found != counts.len()
            {
                return Err(DetectionError::Shape { what, expected: counts.len(), found });
            }
        }
        if timeline.frequency == 0 {
            return Err(DetectionError::Parameter { name: "freq", reason: "must be a positive whole number" });
        }
        Ok(Self { counts, population, timeline })
    }

    /// Number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is no point at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Count at an index; NaN when missing or outside.
    #[must_use]
    pub fn at(&self, index: usize) -> f64 {
        self.counts.get(index).copied().unwrap_or(f64::NAN)
    }
}

/// Checks that every value is missing (NaN) or a whole number from 0 to [`MAX_COUNT`].
///
/// # Errors
/// [`DetectionError::NotACount`] with the row of the first offender.
pub fn check_counts(counts: &[f64]) -> Result<(), DetectionError> {
    let good = |value: f64| value.is_nan() || ((0.0..=MAX_COUNT).contains(&value) && value.fract() == 0.0);
    match counts.iter().position(|value| !good(*value)) {
        Some(row) => Err(DetectionError::NotACount { row, value: counts.get(row).copied().unwrap_or(f64::NAN) }),
        None => Ok(()),
    }
}
