//! What to fit, when to stop, and what comes out.

use super::em::{Em, Outcome, State};
use super::likelihood::Layout;
use super::model::{Item, Model};
use super::nodes::Nodes;
use super::responses::Responses;
use super::start::start;
use crate::exams::Error;
use nalgebra::DMatrix;

/// Normal prior of logit g.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guessing {
    /// Mean of logit g; −1.386 puts g at 0.2, for m options use ln(1/(m − 1)).
    pub mean: f64,
    /// SD of logit g.
    pub sd: f64,
}

impl Guessing {
    pub(super) fn log_density(self, logit: f64) -> f64 {
        let z = (logit - self.mean) / self.sd;
        -0.5 * z * z - (self.sd * (2.0 * std::f64::consts::PI).sqrt()).ln()
    }
}

/// When to stop; an infinite bound switches its criterion off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// Largest absolute parameter change of one cycle (g on the probability scale).
    pub parameters: f64,
    /// Change of the log likelihood per pupil.
    pub likelihood: f64,
    /// g'B⁻¹g with B the complete-data information: twice the gain still in sight.
    pub gradient: f64,
    /// Most cycles.
    pub cycles: usize,
}

impl Default for Stop {
    fn default() -> Self {
        Self { parameters: 1e-6, likelihood: 1e-8, gradient: 1e-7, cycles: 20_000 }
    }
}

/// What to fit and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// One model per used item.
    pub models: Vec<Model>,
    /// Quadrature.
    pub nodes: Nodes,
    /// Prior of 3PL guessing.
    pub guessing: Option<Guessing>,
    /// Stopping rule.
    pub stop: Stop,
    /// Whether to compute the observed information (Oakes 1999) and polish with it.
    pub errors: bool,
}

/// Progress of one cycle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// Cycle, from 1.
    pub number: usize,
    /// Log likelihood, without prior.
    pub log_likelihood: f64,
    /// Largest parameter change.
    pub change: f64,
}

/// An estimated model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Used items, in the order of [`Responses::columns`].
    pub items: Vec<Item>,
    /// Latent variance: 1, or estimated when every slope is fixed.
    pub variance: f64,
    /// Whether the variance was estimated.
    pub variance_free: bool,
    /// Log likelihood, without prior.
    pub log_likelihood: f64,
    /// Log prior at the estimate, 0 without prior.
    pub log_prior: f64,
    /// Free parameters.
    pub parameters: usize,
    /// Pupils with at least one response.
    pub pupils: usize,
    /// EM cycles.
    pub cycles: usize,
    /// Whether every stopping criterion held.
    pub converged: bool,
    /// Covariance of the free parameters (items in order, then the variance); `None` when not asked for or when the
    /// information is not positive definite.
    pub covariance: Option<DMatrix<f64>>,
}

impl Fit {
    /// −2 logL + 2 p.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * self.parameters as f64 - 2.0 * self.log_likelihood
    }

    /// −2 logL + p ln n.
    #[must_use]
    pub fn bic(&self) -> f64 {
        self.parameters as f64 * (self.pupils as f64).ln() - 2.0 * self.log_likelihood
    }

    /// Standard errors of each item's free parameters, and of the variance last; `None` without covariance.
    #[must_use]
    pub fn standard_errors(&self) -> Option<Vec<f64>> {
        let covariance = self.covariance.as_ref()?;
        Some(covariance.diagonal().iter().map(|variance| variance.sqrt()).collect())
    }
}

/// Fits the models to the responses.
///
/// # Errors
/// [`Error::NotDichotomous`] when a right/wrong model meets more categories, [`Error::Parameter`] when the number of models is
/// not the number of items, [`Error::Numeric`] when the likelihood is not finite.
pub fn fit(responses: &Responses, settings: &Settings, progress: &mut dyn FnMut(&Cycle)) -> Result<Fit, Error> {
    check(responses, settings)?;
    let layout = Layout::new(responses, &settings.models);
    let variance_free = settings.models.iter().all(|model| model.slope_fixed());
    let problem = Em { responses, settings, layout, variance_free };
    let items = start(responses, &settings.models, settings.guessing);
    let mut state = problem.iterate(State { items, variance: 1.0 }, progress)?;
    let covariance = if settings.errors { problem.polish(&mut state)? } else { None };
    let Outcome { mut state, expected, cycles, converged } = state;
    let covariance = orient(&mut state.items, covariance);
    Ok(Fit {
        log_prior: problem.log_prior(&state),
        parameters: problem.pack(&state).len(),
        items: state.items,
        variance: state.variance,
        variance_free,
        log_likelihood: expected.log_likelihood,
        pupils: responses.pupils,
        cycles,
        converged,
        covariance,
    })
}

fn check(responses: &Responses, settings: &Settings) -> Result<(), Error> {
    if settings.models.len() != responses.items() {
        let value = settings.models.len() as f64;
        return Err(Error::Parameter { name: "models", value, reason: "one per used item" });
    }
    for ((model, categories), column) in settings.models.iter().zip(&responses.categories).zip(&responses.columns) {
        if model.dichotomous() && *categories != 2 {
            return Err(Error::NotDichotomous { column: *column, categories: *categories, model: model.name() });
        }
    }
    Ok(())
}

/// Turns the scale so that the slopes are mostly positive.
fn orient(items: &mut [Item], covariance: Option<DMatrix<f64>>) -> Option<DMatrix<f64>> {
    let free = |item: &Item| !item.model.slope_fixed();
    let sum: f64 = items.iter().filter(|item| free(item)).map(Item::slope).sum();
    if sum >= 0.0 {
        return covariance;
    }
    let mut signs = Vec::new();
    for item in items {
        signs.extend((0..item.parameters.len()).map(|index| if index == 0 && free(item) { -1.0 } else { 1.0 }));
        if free(item)
            && let Some(slope) = item.parameters.first_mut()
        {
            *slope = -*slope;
        }
    }
    covariance.map(|matrix| {
        DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |row, column| {
            let sign = |index: usize| signs.get(index).copied().unwrap_or(1.0);
            matrix.get((row, column)).copied().unwrap_or(0.0) * sign(row) * sign(column)
        })
    })
}
