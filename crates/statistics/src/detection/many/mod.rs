//! Many series at once: which of a day's p-values to believe, which level to alarm, which alarms are one event.

mod episodes;
mod folding;
mod online;

pub use episodes::{Alarm, Episode, Gap, merge};
pub use folding::{Folded, fold_parent};
pub use online::Lond;

/// Benjamini & Hochberg 1995 (JRSS B 57:289): which hypotheses to reject at false-discovery rate `q`.
///
/// `pvalues` may hold NaN (undecided): never rejected and not counted among the hypotheses. Call once per level and day.
#[must_use]
pub fn benjamini_hochberg(pvalues: &[f64], q: f64) -> Vec<bool> {
    let mut sorted: Vec<f64> = pvalues.iter().copied().filter(|p| !p.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let m = sorted.len() as f64;
    let within = |(rank, p): (usize, f64)| (p <= q * (rank + 1) as f64 / m).then_some(p);
    let limit = sorted.into_iter().enumerate().filter_map(within).next_back();
    pvalues.iter().map(|p| limit.is_some_and(|limit| *p <= limit)).collect()
}

/// Gamma prior (shape, rate) of a child's mean from its siblings, by the method of moments: what the all-zero child is shrunk to.
///
/// `means` are the siblings' mean counts, `points` the number of counts behind each. Source: Robbins 1956; Clayton & Kaldor 1987
/// (Biometrics 43:671). `None` with fewer than three siblings or no case among them.
#[must_use]
pub fn sibling_prior(means: &[f64], points: f64) -> Option<(f64, f64)> {
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    if means.len() < 3 || mean.is_nan() || mean <= 0.0 || points <= 0.0 {
        return None;
    }
    let spread = means.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / (n - 1.0);
    // what is left of the spread after Poisson noise; never less than a tenth of it, so that the prior stays proper
    let between = (spread - mean / points).max(0.1 * mean / points);
    Some((mean * mean / between, mean / between))
}

#[cfg(test)]
mod tests;
