//! What stops a detector before it starts: a bad count with its position, a parameter out of range, a series too short.

/// Why a detector could not run. Positions count from 0: `row` is the time index, `unit` the column among the units.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DetectionError {
    /// A count that is negative, fractional, not finite or above [`super::MAX_COUNT`].
    #[error("row {row}: {value} is not a count")]
    NotACount {
        /// Time index.
        row: usize,
        /// What stands there.
        value: f64,
    },
    /// The monitored range does not lie inside the series.
    #[error("range {from}..={to} (from 1) does not lie in a series of {length}")]
    RangeOutside {
        /// First monitored point, from 1.
        from: usize,
        /// Last monitored point, from 1.
        to: usize,
        /// Length of the series.
        length: usize,
    },
    /// The series has too few points before the first monitored one.
    #[error("the first point that can be judged is {first} (from 1), asked for {asked}")]
    TooShort {
        /// First point that has its baseline, from 1.
        first: usize,
        /// First point asked for, from 1.
        asked: usize,
    },
    /// A parameter has a value the method does not know.
    #[error("parameter {name}: {reason}")]
    Parameter {
        /// R's name of the parameter.
        name: &'static str,
        /// What is expected.
        reason: &'static str,
    },
    /// Reference dates of earlier years are not in the series.
    #[error("point {row}: a reference time point does not exist in the series")]
    ReferenceMissing {
        /// Time index of the monitored point.
        row: usize,
    },
    /// The blocks between the windows cannot be formed with this number of periods.
    #[error("noPeriods = {periods} is too large for the gap between reference windows")]
    TooManyPeriods {
        /// Number of periods asked for.
        periods: usize,
    },
    /// The reference method stops here (compat mode only), with its reason.
    #[error("point {row}: {reason}")]
    ReferenceStops {
        /// Time index.
        row: usize,
        /// Why.
        reason: &'static str,
    },
    /// Tables that must have the same shape do not.
    #[error("{what}: expected {expected}, found {found}")]
    Shape {
        /// Which input.
        what: &'static str,
        /// Expected size.
        expected: usize,
        /// Found size.
        found: usize,
    },
}
