//! What a detector says of each monitored point: bound, decision, expectation, p-value, and why it could not decide.

/// The mode of a detector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The correct form, calibrated, missing values tolerated.
    #[default]
    Correct,
    /// Agreement with R `surveillance` 1.20.3, traps included.
    R,
}

/// Why a point has no bound or no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Today's count is missing: a matter of data quality, not an outbreak.
    MissingToday,
    /// The baseline has missing values (compat), or fewer present values than the stated minimum (default mode).
    MissingBaseline,
    /// A count among the last points of `limit54` is missing (compat).
    MissingRecent,
    /// The bound is undefined because the baseline has no spread (compat).
    NoSpread,
    /// Too few recent cases for a judgement (the `limit54` rule).
    TooFewCases,
    /// The regression did not converge (compat).
    NotConverged,
    /// The fitted mean is not a finite number.
    NotFinite,
    /// The in-control mean is zero or unknown (compat).
    NoMean,
    /// A day without school: not judged.
    NoSchool,
}

/// One monitored point. Numbers that do not exist are NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Row in the series, from 0.
    pub index: usize,
    /// The count of the day; NaN when missing.
    pub observed: f64,
    /// The alarm bound in counts: an alarm is a count above it (CUSUM: reaching it).
    pub upperbound: f64,
    /// The decision; `None` where none can be made.
    pub alarm: Option<bool>,
    /// Expected count.
    pub expected: f64,
    /// The method's own score of the day.
    pub score: f64,
    /// p-value of the day's count (mid-p unless compat defines another).
    pub pvalue: f64,
    /// Why a number or the decision is missing.
    pub reason: Option<Reason>,
}

impl Judgement {
    /// A point without any number yet.
    #[must_use]
    pub fn undecided(index: usize, observed: f64, reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::open(index, observed) }
    }

    /// A point whose numbers are still to be filled in.
    #[must_use]
    pub fn open(index: usize, observed: f64) -> Self {
        let nan = f64::NAN;
        Self { index, observed, upperbound: nan, alarm: None, expected: nan, score: nan, pvalue: nan, reason: None }
    }
}

/// A column a method adds to the common ones, one value per judgement.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra {
    /// Column name, R's where R has one.
    pub name: &'static str,
    /// One value per judgement; NaN is NA.
    pub values: Vec<f64>,
}

/// All judgements of one series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdicts {
    /// One per monitored point, in time order.
    pub points: Vec<Judgement>,
    /// Columns of this method only.
    pub extras: Vec<Extra>,
}

impl Verdicts {
    /// Adds a column from the values of the points.
    pub fn push_extra(&mut self, name: &'static str, values: Vec<f64>) {
        self.extras.push(Extra { name, values });
    }
}

/// The monitored points: all that can be judged, or from–to (indices from 0, inclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Monitored {
    /// The method's default range.
    #[default]
    Default,
    /// These rows.
    Rows {
        /// First row, from 0.
        from: usize,
        /// Last row, from 0, inclusive.
        to: usize,
    },
}

impl Monitored {
    /// The range for a series of `length` whose first judgeable row is `first`.
    ///
    /// # Errors
    /// [`super::DetectionError::RangeOutside`] when it leaves the series, [`super::DetectionError::TooShort`] when it
    /// begins before `first` and `strict` holds.
    pub fn resolve(
        self,
        length: usize,
        first: usize,
        strict: bool,
    ) -> Result<std::ops::Range<usize>, super::DetectionError> {
        use super::DetectionError::{RangeOutside, TooShort};
        match self {
            Self::Default if first >= length => Err(TooShort { first: first + 1, asked: length }),
            Self::Default => Ok(first..length),
            Self::Rows { from, to } if from > to || to >= length => {
                Err(RangeOutside { from: from + 1, to: to + 1, length })
            }
            Self::Rows { from, .. } if strict && from < first => Err(TooShort { first: first + 1, asked: from + 1 }),
            Self::Rows { from, to } => Ok(from..to + 1),
        }
    }
}
