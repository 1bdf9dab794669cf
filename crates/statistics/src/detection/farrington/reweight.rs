//! Down-weighting of past outbreaks by scaled Anscombe residuals (Farrington et al. 1996, §3.5).

use crate::detection::irls::{Design, Fit};

/// A quasi-Poisson regression fitted, and once more with past outbreaks down-weighted.
#[derive(Debug, Clone)]
pub(super) struct Reweighted {
    pub design: Design,
    pub fit: Fit,
    /// Clamped Pearson dispersion max(1, …).
    pub phi: f64,
    /// Whether the first, unweighted fit converged.
    pub settled: bool,
}

/// Fits; with a threshold also reweights once and fits again. `None` when the means overflow.
pub(super) fn fit(mut design: Design, threshold: Option<f64>) -> Option<Reweighted> {
    let first = design.fit()?;
    let settled = first.converged;
    let phi = design.dispersion(&first, &first.working).max(1.0);
    let Some(threshold) = threshold else { return Some(Reweighted { design, fit: first, phi, settled }) };
    design.prior = weights(&design, &first, phi, threshold);
    let fit = design.fit()?;
    let phi = design.dispersion(&fit, &fit.working).max(1.0);
    Some(Reweighted { design, fit, phi, settled })
}

/// Weights ω: proportional to s⁻² above the threshold, 1 below, scaled to sum to n.
fn weights(design: &Design, fit: &Fit, phi: f64, threshold: f64) -> Vec<f64> {
    let scores: Vec<f64> = design
        .y
        .iter()
        .zip(&fit.mu)
        .zip(design.leverages(fit))
        .map(|((y, mu), h)| anscombe(*y, *mu) / (phi * (1.0 - h)).sqrt())
        .collect();
    let raw: Vec<f64> = scores.iter().map(|s| if *s > threshold { s.powi(-2) } else { 1.0 }).collect();
    let gamma = raw.len() as f64 / raw.iter().sum::<f64>();
    raw.iter().map(|weight| gamma * weight).collect()
}

/// Anscombe residual of a Poisson count.
pub(super) fn anscombe(y: f64, mu: f64) -> f64 {
    1.5 * (y.powf(2.0 / 3.0) * mu.powf(-1.0 / 6.0) - mu.sqrt())
}
