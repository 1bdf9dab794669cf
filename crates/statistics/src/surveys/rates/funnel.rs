//! Funnel limits around the overall rate, with the spread that units show beyond chance.

use super::{Count, Interval, RateError, as_f64};
use crate::surveys::distributions::{binomial_cdf, normal_quantile};
use crate::surveys::order::quantile7;
use rayon::prelude::*;
use serde::Serialize;

/// The funnel's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Funnel {
    /// Overall rate Σx / Σn.
    pub overall: f64,
    /// 10 % quantile of z (R type 7).
    pub winsor_q10: f64,
    /// 90 % quantile of z (R type 7).
    pub winsor_q90: f64,
    /// Mean square of the winsorised z: above 1, units differ beyond chance.
    pub phi: f64,
    /// Variance between units of the additive form.
    pub tau2: f64,
}

/// One unit's place in the funnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelUnit {
    /// (p − p₀) / √(p₀q₀/n).
    pub z: f64,
    /// z / √phi where phi > 1.
    pub multiplicative: f64,
    /// (p − p₀) / √(p₀q₀/n + tau²).
    pub additive: f64,
    /// min(1, 2 min(P(X ≤ x), P(X ≥ x))) at the overall rate.
    pub binomial_p: f64,
    /// Limits of 95 % at this n, without over-dispersion.
    pub limits95: Interval,
    /// Limits of 99.8 %.
    pub limits998: Interval,
}

impl Funnel {
    /// Fits the funnel to the units that have answers. Source: Spiegelhalter 2005, Statistics in Medicine 24:1185.
    ///
    /// # Errors
    /// [`RateError::TooFewUnits`] under two units with answers, [`RateError::NoVariation`] when all answers are alike.
    pub fn fit(counts: &[Count]) -> Result<Self, RateError> {
        let answered: Vec<Count> = counts.iter().copied().filter(|count| count.n > 0).collect();
        if answered.len() < 2 {
            return Err(RateError::TooFewUnits { found: answered.len(), needed: 2 });
        }
        let favourable: u64 = answered.iter().map(|count| count.x).sum();
        let answers: u64 = answered.iter().map(|count| count.n).sum();
        if favourable == 0 || favourable == answers {
            return Err(RateError::NoVariation);
        }
        let overall = as_f64(favourable) / as_f64(answers);
        let mut sorted: Vec<f64> = answered.iter().map(|count| z_score(*count, overall)).collect();
        let scores = sorted.clone();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (quantile7(&sorted, 0.1), quantile7(&sorted, 0.9));
        let units = as_f64(answered.len() as u64);
        let phi = scores.iter().map(|z| z.clamp(low, high).powi(2)).sum::<f64>() / units;
        let weights = answered.iter().map(|count| as_f64(count.n) / (overall * (1.0 - overall)));
        let (total, squares) = weights.fold((0.0, 0.0), |(total, squares), w| (total + w, squares + w * w));
        let tau2 = ((units * phi - (units - 1.0)) / (total - squares / total)).max(0.0);
        Ok(Self { overall, winsor_q10: low, winsor_q90: high, phi, tau2 })
    }

    /// Places every unit; `None` where nobody answered.
    #[must_use]
    pub fn units(&self, counts: &[Count]) -> Vec<Option<FunnelUnit>> {
        let quantiles = (normal_quantile(0.975), normal_quantile(0.999));
        counts.par_iter().with_min_len(64).map(|count| self.unit(*count, quantiles)).collect()
    }

    fn unit(&self, count: Count, (z95, z998): (f64, f64)) -> Option<FunnelUnit> {
        let p = count.rate()?;
        let (x, n) = (as_f64(count.x), as_f64(count.n));
        let z = z_score(count, self.overall);
        let variance = self.overall * (1.0 - self.overall) / n;
        let limits = |z: f64| Interval {
            low: (self.overall - z * variance.sqrt()).max(0.0),
            high: (self.overall + z * variance.sqrt()).min(1.0),
        };
        let lower = binomial_cdf(x, n, self.overall);
        // P(X ≥ x) counted as failures from the other side, so that no tail is a difference from 1.
        let upper = binomial_cdf(n - x, n, 1.0 - self.overall);
        Some(FunnelUnit {
            z,
            multiplicative: if self.phi > 1.0 { z / self.phi.sqrt() } else { z },
            additive: (p - self.overall) / (variance + self.tau2).sqrt(),
            binomial_p: (2.0 * lower.min(upper)).min(1.0),
            limits95: limits(z95),
            limits998: limits(z998),
        })
    }
}

fn z_score(count: Count, overall: f64) -> f64 {
    let n = as_f64(count.n);
    (as_f64(count.x) / n - overall) / (overall * (1.0 - overall) / n).sqrt()
}
