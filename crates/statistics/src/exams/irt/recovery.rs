//! Recovery by simulation: how far estimates fall from known parameters and how often their intervals cover them.

use super::fit::{Settings, fit};
use super::model::{Item, Model};
use super::responses::Responses;
use super::simulate::{normal_draws, simulate};
use crate::exams::Error;
use rayon::prelude::*;

/// A design to repeat.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// True items, all used in every replication.
    pub items: Vec<Item>,
    /// Pupils per replication, θ ~ N(0, 1).
    pub pupils: usize,
    /// Replications; the Monte Carlo error falls with its root.
    pub replications: usize,
    /// Seed of the first replication; the others follow.
    pub seed: u64,
}

/// One kind of parameter over all items and replications.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovery {
    /// `a`, `d`, `g`; g on the probability scale.
    pub parameter: &'static str,
    /// Mean error.
    pub bias: f64,
    /// Monte Carlo standard error of the bias, replications as units.
    pub bias_error: f64,
    /// Root mean squared error.
    pub rmse: f64,
    /// Mean estimated standard error.
    pub mean_error: f64,
    /// Share of 95 % Wald intervals that hold the true value.
    pub coverage: f64,
    /// Its Monte Carlo standard error, replications as units.
    pub coverage_error: f64,
}

/// The table and what was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveryTable {
    /// One line per kind of parameter.
    pub lines: Vec<Recovery>,
    /// Replications that converged with a positive definite information matrix.
    pub used: usize,
    /// Replications asked for.
    pub replications: usize,
}

/// One estimate against its truth.
struct Miss {
    kind: &'static str,
    error: f64,
    standard_error: f64,
}

/// Repeats the design.
///
/// # Errors
/// [`Error::Parameter`] without replications; [`Error::Numeric`] when not one replication could be used.
pub fn recovery(design: &Design, settings: &Settings) -> Result<RecoveryTable, Error> {
    if design.replications == 0 {
        return Err(Error::Parameter { name: "replications", value: 0.0, reason: "at least 1" });
    }
    let runs: Vec<Option<Vec<Miss>>> =
        (0..design.replications as u64).into_par_iter().map(|run| replicate(design, settings, run)).collect();
    let used: Vec<&Vec<Miss>> = runs.iter().flatten().collect();
    if used.is_empty() {
        return Err(Error::Numeric("no replication converged"));
    }
    let lines = ["a", "d", "g"].into_iter().filter_map(|kind| line(kind, &used)).collect();
    Ok(RecoveryTable { lines, used: used.len(), replications: design.replications })
}

fn replicate(design: &Design, settings: &Settings, run: u64) -> Option<Vec<Miss>> {
    let seed = design.seed.wrapping_mul(1_000_003).wrapping_add(2 * run);
    let thetas = normal_draws(design.pupils, 0.0, 1.0, seed);
    let matrix = simulate(&design.items, &thetas, seed + 1).ok()?;
    let responses = Responses::new(&matrix, false).ok()?;
    let whole = responses.categories.iter().zip(&design.items).all(|(found, item)| *found == item.categories);
    if responses.items() != design.items.len() || !whole {
        return None;
    }
    let fitted = fit(&responses, settings, &mut |_| ()).ok().filter(|fitted| fitted.converged)?;
    let errors = fitted.standard_errors()?;
    let mut errors = errors.into_iter();
    let mut misses = Vec::new();
    for (item, truth) in fitted.items.iter().zip(&design.items) {
        let free = usize::from(!item.model.slope_fixed());
        for (index, (estimate, truth)) in item.parameters.iter().zip(&truth.parameters).enumerate() {
            let error = errors.next()?;
            let guessing = item.model == Model::ThreePl && index == 2;
            let logistic = |logit: f64| 1.0 / (1.0 + (-logit).exp());
            misses.push(if guessing {
                let g = logistic(*estimate);
                Miss { kind: "g", error: g - logistic(*truth), standard_error: error * g * (1.0 - g) }
            } else {
                Miss { kind: if index < free { "a" } else { "d" }, error: estimate - truth, standard_error: error }
            });
        }
    }
    Some(misses)
}

fn line(kind: &'static str, runs: &[&Vec<Miss>]) -> Option<Recovery> {
    let of = |value: &dyn Fn(&Miss) -> f64| -> Vec<f64> {
        let mean = |misses: &&Vec<Miss>| {
            let values: Vec<f64> = misses.iter().filter(|miss| miss.kind == kind).map(value).collect();
            values.iter().sum::<f64>() / values.len() as f64
        };
        runs.iter().map(mean).collect()
    };
    let summary = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (mean, (squares / (n - 1.0).max(1.0) / n).sqrt())
    };
    let (bias, bias_error) = summary(&of(&|miss| miss.error));
    let held = |miss: &Miss| f64::from(u8::from(miss.error.abs() <= 1.959_963_984_540_054 * miss.standard_error));
    let (coverage, coverage_error) = summary(&of(&held));
    let (squares, _) = summary(&of(&|miss| miss.error * miss.error));
    let (mean_error, _) = summary(&of(&|miss| miss.standard_error));
    bias.is_finite().then(|| Recovery {
        parameter: kind,
        bias,
        bias_error,
        rmse: squares.sqrt(),
        mean_error,
        coverage,
        coverage_error,
    })
}
