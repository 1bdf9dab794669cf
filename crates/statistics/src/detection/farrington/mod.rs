//! Farrington's method and its flexible successor: a quasi-Poisson regression on the same weeks of earlier years.
//!
//! Sources: Farrington, Andrews, Beale & Catchpole 1996 (JRSS A 159:547); Noufaily et al. 2013 (Stat Med 32:1206);
//! Salmon, Schumacher & Höhle 2016 (JSS 70:10).

mod baseline;
mod classic;
mod dates;
mod delay;
mod flexible;
mod predictive;
mod quick;
mod reweight;
mod threshold;

pub use classic::{ClassicParams, run as run_classic};
pub use delay::{DelayParams, run as run_delay};
pub use flexible::{FlexibleParams, ThresholdMethod, run as run_flexible};
pub use predictive::Predictor;
pub use threshold::Power;

use super::{DetectionError, Series};

/// What both methods share, under R's names.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// Years back (`b`).
    pub years: usize,
    /// Half-width of the window around the reference point (`w`).
    pub half_width: usize,
    /// Down-weight past outbreaks (`reweight`).
    pub reweight: bool,
    /// Level (`alpha`): two-sided in the classic compat form, one-sided everywhere else.
    pub alpha: f64,
    /// Include a trend (`trend`).
    pub trend: bool,
    /// No judgement below (cases, period) in the last points, today included (`limit54`).
    pub limit54: (f64, usize),
    /// Power transformation (`powertrans`).
    pub power: Power,
    /// Offset by log population (`populationOffset`).
    pub population_offset: bool,
}

impl Default for Common {
    fn default() -> Self {
        Self {
            years: 5,
            half_width: 3,
            reweight: true,
            alpha: 0.05,
            trend: true,
            limit54: (5.0, 4),
            power: Power::TwoThirds,
            population_offset: false,
        }
    }
}

impl Common {
    /// Checks the ranges of the parameters.
    ///
    /// # Errors
    /// [`DetectionError::Parameter`] naming the offender.
    pub(super) fn check(&self) -> Result<(), DetectionError> {
        let bad = |name, reason| Err(DetectionError::Parameter { name, reason });
        if self.years == 0 {
            return bad("b", "at least 1 year");
        }
        if !(0.0..1.0).contains(&self.alpha) {
            return bad("alpha", "from 0 to below 1");
        }
        if self.limit54.0.is_nan() || self.limit54.0 < 0.0 {
            return bad("limit54", "cases 0 or more");
        }
        Ok(())
    }

    /// Sum of the last `period` counts, today included; missing values are NaN.
    pub(super) fn recent_sum(&self, series: Series<'_>, index: usize) -> f64 {
        let from = (index + 1).saturating_sub(self.limit54.1);
        series.counts.get(from..=index).unwrap_or(&[]).iter().sum()
    }

    /// Log population at a row, 0 without an offset.
    pub(super) fn offset(&self, series: Series<'_>, index: usize) -> f64 {
        if !self.population_offset {
            return 0.0;
        }
        series.population.and_then(|p| p.get(index)).map_or(0.0, |p| p.ln())
    }
}

#[cfg(test)]
mod tests;
