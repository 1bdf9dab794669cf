//! The bound of the Farrington family: a normal limit on a power scale (delta method) or a negative-binomial quantile.

use crate::distributions::{CountLaw, normal_quantile, normal_tail};

/// Power transformation of the counts before the normal limit (`powertrans`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Power {
    /// None: exponent 1.
    Unit,
    /// Square root: stabilises the variance.
    Half,
    /// Exponent 2/3: corrects skewness (default).
    #[default]
    TwoThirds,
}

/// Mean, dispersion and standard error of the mean at the monitored point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Predicted {
    pub mu: f64,
    pub phi: f64,
    pub se: f64,
}

/// The normal limit on the power scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct PowerLimit {
    exponent: f64,
    centre: f64,
    sd: f64,
}

impl Power {
    /// The limit for a prediction (Farrington et al. 1996, eq. 6): τ = φ + se²/μ.
    pub(super) fn limit(self, at: Predicted) -> PowerLimit {
        let tau = at.phi + at.se * at.se / at.mu;
        let (exponent, variance) = match self {
            Self::Unit => (1.0, at.mu * tau),
            Self::Half => (0.5, tau / 4.0),
            Self::TwoThirds => (2.0 / 3.0, 4.0 / 9.0 * at.mu.cbrt() * tau),
        };
        PowerLimit { exponent, centre: at.mu.powf(exponent), sd: variance.sqrt() }
    }
}

impl PowerLimit {
    /// Upper limit for z standard deviations.
    pub fn upper(self, z: f64) -> f64 {
        (self.centre + z * self.sd).powf(1.0 / self.exponent)
    }

    /// P(Y ≥ y) by the normal law on the power scale.
    pub fn tail(self, y: f64) -> f64 {
        normal_tail((y.powf(self.exponent) - self.centre) / self.sd)
    }
}

/// Quasi-Poisson law by mean and dispersion: variance φ·m; Poisson for φ ≤ 1.
pub(super) fn quasi(mean: f64, phi: f64) -> CountLaw {
    if phi > 1.0 { CountLaw::NegativeBinomial { size: mean / (phi - 1.0), mean } } else { CountLaw::Poisson { mean } }
}

/// Standard normal quantile 1 − level.
pub(super) fn z_of(level: f64) -> f64 {
    normal_quantile(1.0 - level)
}
