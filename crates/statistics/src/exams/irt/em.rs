//! The EM iteration: expect, maximise, accelerate under a likelihood guard, polish with the observed information.

use super::acceleration::History;
use super::expectation::{Expected, expect};
use super::fit::{Cycle, Settings};
use super::likelihood::{Layout, Tables};
use super::maximization::{Task, valid};
use super::model::{Item, Model, logistic};
use super::oakes;
use super::responses::Responses;
use crate::exams::Error;
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

/// Parameters of all items and the latent variance.
#[derive(Clone)]
pub(super) struct State {
    pub items: Vec<Item>,
    pub variance: f64,
}

/// Where the iteration ended.
pub(super) struct Outcome {
    pub state: State,
    pub expected: Expected,
    pub cycles: usize,
    pub converged: bool,
}

/// One estimation problem.
pub(super) struct Em<'a> {
    pub responses: &'a Responses,
    pub settings: &'a Settings,
    pub layout: Layout,
    pub variance_free: bool,
}

struct Step {
    state: State,
    decrement: f64,
    gradient: Vec<f64>,
}

impl Em<'_> {
    pub fn pack(&self, state: &State) -> Vec<f64> {
        let items = state.items.iter().flat_map(|item| item.parameters.iter().copied());
        items.chain(self.variance_free.then_some(state.variance)).collect()
    }

    fn unpack(&self, values: &[f64], like: &State) -> Option<State> {
        let mut rest = values.iter().copied();
        let take =
            |item: &Item| Item { parameters: rest.by_ref().take(item.parameters.len()).collect(), ..item.clone() };
        let items: Vec<Item> = like.items.iter().map(take).collect();
        let variance = if self.variance_free { rest.next()? } else { 1.0 };
        (variance > 1e-6 && variance.is_finite() && items.iter().all(valid)).then_some(State { items, variance })
    }

    fn expect(&self, state: &State) -> Expected {
        let weights = self.settings.nodes.log_weights(0.0, state.variance);
        let tables = Tables::new(&self.layout, &state.items, &self.settings.nodes.points, &weights);
        expect(&self.layout, &tables, &self.responses.weights)
    }

    pub fn log_prior(&self, state: &State) -> f64 {
        let Some(guessing) = self.settings.guessing else { return 0.0 };
        let logits = state.items.iter().filter(|item| item.model == Model::ThreePl);
        logits.filter_map(|item| item.parameters.get(2)).fold(0.0, |sum, logit| sum + guessing.log_density(*logit))
    }

    fn maximise(&self, state: &State, expected: &Expected) -> Step {
        let points = &self.settings.nodes.points;
        let results: Vec<(Item, f64, DVector<f64>)> = state
            .items
            .par_iter()
            .enumerate()
            .map(|(index, item)| {
                let counts = expected.of_item(&self.layout, index, item.categories);
                Task { points, counts: &counts, guessing: self.settings.guessing }.maximise(item)
            })
            .collect();
        let decrement = results.iter().map(|(_, decrement, _)| decrement).sum();
        let mut gradient: Vec<f64> = results.iter().flat_map(|(_, _, gradient)| gradient.iter().copied()).collect();
        let mut variance = state.variance;
        if self.variance_free {
            let pupils: f64 = expected.total.iter().sum();
            let squares = points.iter().zip(&expected.total).map(|(point, count)| point * point * count);
            let target = squares.sum::<f64>() / pupils;
            gradient.push(pupils * (target - self.second_moment(variance)) / (2.0 * variance * variance));
            variance = self.settings.nodes.variance_for(target).unwrap_or(variance);
        }
        let items = results.into_iter().map(|(item, _, _)| item).collect();
        Step { state: State { items, variance }, decrement, gradient }
    }

    fn second_moment(&self, variance: f64) -> f64 {
        let nodes = &self.settings.nodes;
        nodes.points.iter().zip(nodes.log_weights(0.0, variance)).map(|(x, weight)| x * x * weight.exp()).sum()
    }

    pub fn iterate(&self, mut state: State, progress: &mut dyn FnMut(&Cycle)) -> Result<Outcome, Error> {
        let pupils = self.responses.pupils as f64;
        let stop = self.settings.stop;
        let mut history = History::default();
        let mut last = f64::NEG_INFINITY;
        let mut fallback: Option<State> = None;
        for number in 1..=stop.cycles {
            let expected = self.expect(&state);
            let objective = expected.log_likelihood + self.log_prior(&state);
            let holds = objective >= last - 1e-12 * objective.abs();
            if !holds {
                history.clear();
                state = fallback.take().ok_or(Error::Numeric("the likelihood is not finite"))?;
                continue;
            }
            let step = self.maximise(&state, &expected);
            let change = self.change(&state, &step.state);
            progress(&Cycle { number, log_likelihood: expected.log_likelihood, change });
            let settled = change < stop.parameters
                && (objective - last).abs() < stop.likelihood * pupils
                && step.decrement < stop.gradient;
            if settled {
                let expected = self.expect(&step.state);
                return Ok(Outcome { state: step.state, expected, cycles: number, converged: true });
            }
            last = objective;
            history.push(&self.pack(&state), &self.pack(&step.state));
            let mixed = history.mixed().and_then(|values| self.unpack(&values, &state));
            state = match mixed {
                Some(mixed) => {
                    fallback = Some(step.state);
                    mixed
                }
                None => step.state,
            };
        }
        let expected = self.expect(&state);
        Ok(Outcome { state, expected, cycles: stop.cycles, converged: false })
    }

    fn change(&self, before: &State, after: &State) -> f64 {
        let mut largest = (after.variance - before.variance).abs();
        for (before, after) in before.items.iter().zip(&after.items) {
            for (index, (x, y)) in before.parameters.iter().zip(&after.parameters).enumerate() {
                let guessing = before.model == Model::ThreePl && index == 2;
                let step = if guessing { logistic(*y) - logistic(*x) } else { y - x };
                largest = largest.max(step.abs());
            }
        }
        largest
    }

    /// Newton steps with the observed information until the gain in sight is under 1e-9; the covariance at the end.
    pub fn polish(&self, outcome: &mut Outcome) -> Result<Option<DMatrix<f64>>, Error> {
        for _ in 0..6 {
            let information = oakes::information(&oakes::Point {
                responses: self.responses,
                layout: &self.layout,
                settings: self.settings,
                state: &outcome.state,
                expected: &outcome.expected,
            });
            let Some(cholesky) = information.cholesky() else { return Ok(None) };
            let gradient = DVector::from_vec(self.maximise(&outcome.state, &outcome.expected).gradient);
            let step = cholesky.solve(&gradient);
            if gradient.dot(&step) < 2e-9 {
                return Ok(Some(cholesky.inverse()));
            }
            let values: Vec<f64> = self.pack(&outcome.state).iter().zip(&step).map(|(x, step)| x + step).collect();
            let Some(next) = self.unpack(&values, &outcome.state) else { return Ok(Some(cholesky.inverse())) };
            let expected = self.expect(&next);
            let gain = expected.log_likelihood + self.log_prior(&next)
                - outcome.expected.log_likelihood
                - self.log_prior(&outcome.state);
            let gained = gain > 0.0;
            if !gained {
                return Ok(Some(cholesky.inverse()));
            }
            (outcome.state, outcome.expected) = (next, expected);
        }
        Ok(None)
    }
}
