//! Prospective space-time scan statistics: where and since when there are more cases than expected.
//!
//! Sources: Kulldorff 2001 (JRSS A 164:61) population-based Poisson; Neill 2009 (Int J Forecast 25:498) expectation-based;
//! Kulldorff et al. 2005 (PLoS Med 2:e59) permutation; Tango, Takahashi & Kohriyama 2011 (Biometrics 67:106) negative binomial.

mod baselines;
mod replicate;
mod score;
mod significance;
mod zones;

pub use baselines::{by_margins, by_population};
pub use significance::{MonteCarlo, Significance};
pub use zones::{Place, nearest_neighbours};

use super::{DetectionError, Mode, check_counts};
use score::{Kernel, Plan};

/// Which statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Population-based Poisson: more in the window than outside it.
    PopulationPoisson,
    /// Expectation-based Poisson: more in the window than its own expectation.
    ExpectationPoisson,
    /// Space-time permutation: needs counts only.
    Permutation,
    /// Negative binomial, constant excess.
    Hotspot,
    /// Negative binomial, excess that grows towards today.
    Emerging,
}

/// A table of times × places, rows oldest first, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Number of places.
    pub places: usize,
    /// Values, `places` to a row.
    pub values: Vec<f64>,
}

impl Matrix {
    /// A table from one column per place.
    #[must_use]
    pub fn from_columns(columns: &[Vec<f64>]) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        let values = (0..rows).flat_map(|row| columns.iter().map(move |c| c.get(row).copied().unwrap_or(f64::NAN)));
        Self { places: columns.len(), values: values.collect() }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len() / self.places.max(1)
    }

    /// Sum of all values.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.values.iter().sum()
    }

    /// The newest `rows` rows, newest first.
    pub(super) fn newest(&self, rows: usize) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.places.max(1)).rev().take(rows)
    }
}

/// What is scanned.
#[derive(Debug, Clone)]
pub struct Input {
    /// Counts; none missing.
    pub counts: Matrix,
    /// Expected counts, same shape.
    pub baselines: Matrix,
    /// Variance over mean, same shape; needed by the negative-binomial statistics.
    pub overdispersion: Option<Matrix>,
    /// Zones: place indices from 0.
    pub zones: Vec<Vec<usize>>,
    /// Longest window in rows.
    pub max_duration: usize,
    /// Rows of counts that the expected counts were estimated from, place by place; their error is then part of the null law of the
    /// expectation-based statistics. `None`: they are known.
    pub estimated_from: Option<f64>,
    /// The negative-binomial scores: by default divided by their standard error (Tango et al. 2011), in compat by its square, as
    /// `scanstatistics` does, which favours the smallest windows.
    pub mode: Mode,
}

/// One window with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Zone, from 0.
    pub zone: usize,
    /// Rows counted back from the newest, from 1.
    pub duration: usize,
    /// Log-likelihood ratio or score.
    pub score: f64,
    /// Observed over expected inside (NaN where the statistic has none).
    pub inside: f64,
    /// Observed over expected outside (population-based and permutation only).
    pub outside: f64,
    /// Monte Carlo p-value against the replicates' maxima; NaN without replicates.
    pub pvalue: f64,
    /// Gumbel-tail p-value; NaN without replicates.
    pub gumbel: f64,
}

/// All windows, best first, and the significance of the best.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Windows by falling score; equals by zone, then duration.
    pub windows: Vec<Window>,
    /// Significance of the first window; `None` without replicates.
    pub significance: Option<Significance>,
}

/// Scans.
///
/// # Errors
/// Counts that are none, tables of different shape, a zone that names no place, no zone, a duration of 0 or beyond the rows.
pub fn run(statistic: Statistic, input: &Input, monte_carlo: Option<&MonteCarlo>) -> Result<Scan, DetectionError> {
    check(statistic, input)?;
    let plan = Plan::new(input);
    let kernel = Kernel::new(statistic, input, &plan);
    let mut windows = kernel.windows(&plan, &kernel.observed(input));
    windows.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = windows.first().map_or(0.0, |window| window.score);
    let Some(wanted) = monte_carlo else { return Ok(Scan { windows, significance: None }) };
    let generator = replicate::Generator::new(statistic, input);
    let maximum = |replicate: u64| kernel.maximum(&plan, &kernel.profile(&generator.draw(wanted.seed, replicate)));
    let significance = significance::judge(wanted, best, maximum);
    for window in &mut windows {
        window.pvalue = significance.p_of(window.score);
        window.gumbel = significance.gumbel_of(window.score);
    }
    Ok(Scan { windows, significance: Some(significance) })
}

/// Checks shapes and values.
fn check(statistic: Statistic, input: &Input) -> Result<(), DetectionError> {
    let parameter = |name, reason| Err(DetectionError::Parameter { name, reason });
    check_counts(&input.counts.values)?;
    if let Some(row) = input.counts.values.iter().position(|y| y.is_nan()) {
        let row = row / input.counts.places.max(1);
        return Err(DetectionError::ReferenceStops { row, reason: "a missing count (scan)" });
    }
    let wide = matches!(statistic, Statistic::Hotspot | Statistic::Emerging);
    let tables = [("baselines", Some(&input.baselines)), ("overdispersion", input.overdispersion.as_ref())];
    for (what, table) in tables {
        let Some(table) = table else { continue };
        if table.places != input.counts.places || table.values.len() != input.counts.values.len() {
            let expected = input.counts.values.len();
            return Err(DetectionError::Shape { what, expected, found: table.values.len() });
        }
        if table.values.iter().any(|value| !(value.is_finite() && *value >= 0.0)) {
            return parameter(what, "finite numbers, 0 or more");
        }
    }
    if wide && input.overdispersion.is_none() {
        return parameter("overdispersion", "needed by the negative-binomial scan");
    }
    if input.estimated_from.is_some_and(|rows| !(rows > 0.0 && rows.is_finite())) {
        return parameter("baseline_rows", "above 0");
    }
    if input.max_duration == 0 || input.max_duration > input.counts.rows() {
        return parameter("max_duration", "from 1 to the number of rows");
    }
    let outside = |zone: &Vec<usize>| zone.is_empty() || zone.iter().any(|place| *place >= input.counts.places);
    if input.zones.is_empty() || input.zones.iter().any(outside) {
        return parameter("zones", "each zone names at least one place, all within the table");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
