//! Scores of the pupils: EAP, MAP and WLE with their standard errors, once per distinct pattern.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: rows and nodes are sized together in `Layout::new`")]

use super::fit::Fit;
use super::likelihood::{Layout, Tables};
use super::model::{Item, Model};
use super::nodes::Nodes;
use super::responses::{MISSING, Responses};
use rayon::prelude::*;

/// An estimate of θ with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// θ.
    pub theta: f64,
    /// Standard error.
    pub error: f64,
}

/// The scores of one pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PupilScore {
    /// Posterior mean and SD on the nodes.
    pub eap: Estimate,
    /// Posterior mode, error from the observed information; `None` when not asked for.
    pub map: Option<Estimate>,
    /// Mode of likelihood × √information, error from the curvature there; `None` when not asked for or without a maximum.
    pub wle: Option<Estimate>,
}

/// Which scores to compute beside EAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Posterior mode.
    pub map: bool,
    /// Weighted likelihood.
    pub wle: bool,
}

/// Scores of each distinct pattern, in the order of [`Responses::rows`].
#[must_use]
pub fn score(responses: &Responses, fit: &Fit, nodes: &Nodes, wanted: Wanted) -> Vec<PupilScore> {
    let models: Vec<Model> = fit.items.iter().map(|item| item.model).collect();
    let layout = Layout::new(responses, &models);
    let weights = nodes.log_weights(0.0, fit.variance);
    let tables = Tables::new(&layout, &fit.items, &nodes.points, &weights);
    let items = responses.items();
    responses
        .patterns
        .par_chunks(items * 256)
        .enumerate()
        .flat_map_iter(|(chunk, codes)| {
            let mut posterior = tables.buffer();
            let scores: Vec<PupilScore> = codes
                .chunks_exact(items)
                .enumerate()
                .map(|(offset, codes)| {
                    tables.posterior(chunk * 256 + offset, &mut posterior);
                    let window = posterior.low..posterior.high;
                    let eap = moments(&nodes.points[window.clone()], &posterior.values[window]);
                    let pattern = Pattern { items: &fit.items, codes, variance: fit.variance };
                    PupilScore {
                        eap,
                        map: if wanted.map { pattern.mode(Kind::Posterior, eap.theta) } else { None },
                        wle: if wanted.wle { pattern.mode(Kind::Weighted, eap.theta) } else { None },
                    }
                })
                .collect();
            scores
        })
        .collect()
}

fn moments(points: &[f64], weights: &[f64]) -> Estimate {
    let mean: f64 = points.iter().zip(weights).map(|(x, weight)| x * weight).sum();
    let variance: f64 = points.iter().zip(weights).map(|(x, weight)| (x - mean).powi(2) * weight).sum();
    Estimate { theta: mean, error: variance.sqrt() }
}

/// Empirical reliability, mean and variance (n − 1) of the EAPs: var(EAP) / (var(EAP) + mean SE²).
#[must_use]
pub fn reliability(scores: &[PupilScore], weights: &[f64]) -> (f64, f64, f64) {
    let n: f64 = weights.iter().sum();
    let average = |value: &dyn Fn(&PupilScore) -> f64| {
        scores.iter().zip(weights).map(|(score, weight)| weight * value(score)).sum::<f64>() / n
    };
    let mean = average(&|score| score.eap.theta);
    let variance = average(&|score| (score.eap.theta - mean).powi(2)) * n / (n - 1.0);
    let error = average(&|score| score.eap.error.powi(2));
    (variance / (variance + error), mean, variance)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Posterior,
    Weighted,
}

struct Pattern<'a> {
    items: &'a [Item],
    codes: &'a [u8],
    variance: f64,
}

struct Local {
    value: f64,
    gradient: f64,
    curvature: f64,
    information: f64,
}

impl Pattern<'_> {
    /// The objective at θ, with its first derivative, the observed curvature of log L and the expected information.
    fn at(&self, kind: Kind, theta: f64) -> Local {
        let mut local = Local { value: 0.0, gradient: 0.0, curvature: 0.0, information: 0.0 };
        let mut information_slope = 0.0;
        let mut logs = [0.0; 64];
        for (item, code) in self.items.iter().zip(self.codes).filter(|(_, code)| **code != MISSING) {
            let logs = &mut logs[..item.categories];
            item.log_probabilities(theta, logs);
            let (first, second) = item.theta_derivatives(theta, usize::from(*code), logs);
            local.value += logs[usize::from(*code)];
            local.gradient += first;
            local.curvature += second;
            for (category, log) in logs.iter().enumerate() {
                let (first, second) = item.theta_derivatives(theta, category, logs);
                local.information += log.exp() * first * first;
                information_slope += log.exp() * (first.powi(3) + 2.0 * first * second);
            }
        }
        if kind == Kind::Posterior {
            local.value -= theta * theta / (2.0 * self.variance);
            local.gradient -= theta / self.variance;
            local.curvature -= 1.0 / self.variance;
        } else {
            local.value += 0.5 * local.information.ln();
            local.gradient += information_slope / (2.0 * local.information);
        }
        local
    }

    /// Highest point on a grid of half units, then a bracketed root of the derivative.
    fn mode(&self, kind: Kind, near: f64) -> Option<Estimate> {
        let limit = if kind == Kind::Posterior { 10.0 * self.variance.sqrt().max(1.0) } else { 40.0 };
        let (mut low, mut high) = self.bracket(kind, near, limit)?;
        let mut theta = near.clamp(low, high);
        for _ in 0..200 {
            let local = self.at(kind, theta);
            if !local.gradient.is_finite() {
                return None;
            }
            if local.gradient > 0.0 {
                low = theta
            } else {
                high = theta
            }
            let newton = theta - local.gradient / if local.curvature < 0.0 { local.curvature } else { -1.0 };
            let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
            let moved = (next - theta).abs();
            theta = next;
            if moved < 1e-10 {
                break;
            }
        }
        let curvature = if kind == Kind::Posterior {
            -self.at(kind, theta).curvature
        } else {
            let step = 1e-4;
            (self.at(kind, theta - step).gradient - self.at(kind, theta + step).gradient) / (2.0 * step)
        };
        (curvature > 0.0).then(|| Estimate { theta, error: curvature.sqrt().recip() })
    }

    fn bracket(&self, kind: Kind, near: f64, limit: f64) -> Option<(f64, f64)> {
        let reach = if kind == Kind::Posterior { 3.0 } else { 8.0 };
        let several = self.items.iter().any(|item| item.model == Model::ThreePl);
        let (mut low, mut high) = (near - 0.25, near + 0.25);
        if several {
            // The 3PL likelihood may have two modes: start around the higher one.
            let grid = (0..=64).map(|step| near - reach + reach * f64::from(step) / 32.0);
            let value = |theta: f64| self.at(kind, theta).value;
            let best = grid.filter(|theta| value(*theta).is_finite()).max_by(|a, b| value(*a).total_cmp(&value(*b)))?;
            (low, high) = (best - reach / 32.0, best + reach / 32.0);
        }
        let mut width = 0.5;
        let slope = |theta: f64| self.at(kind, theta).gradient;
        let (rises, falls) = (|theta| slope(theta) > 0.0, |theta| slope(theta) < 0.0);
        while !rises(low) {
            low -= width;
            width *= 1.5;
            if low < -limit {
                return None;
            }
        }
        width = 0.5;
        while !falls(high) {
            high += width;
            width *= 1.5;
            if high > limit {
                return None;
            }
        }
        Some((low, high))
    }
}
