//! M step of one item: Fisher scoring on its expected counts, with steps halved until they gain.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: buffers are sized from the item's categories at entry")]

use super::fit::Guessing;
use super::model::{Item, Model};
use nalgebra::{DMatrix, DVector};

/// What the first look at an item's counts shows: gradient and expected information at the parameters that made them.
pub(super) struct Slope {
    pub value: f64,
    pub gradient: DVector<f64>,
    pub information: DMatrix<f64>,
}

/// An item with the counts it is fitted to.
pub(super) struct Task<'a> {
    pub points: &'a [f64],
    pub counts: &'a [f64],
    pub guessing: Option<Guessing>,
}

impl Task<'_> {
    /// Expected complete-data log likelihood, plus the log prior of logit g.
    pub fn value(&self, item: &Item) -> f64 {
        let nodes = self.points.len();
        let mut logs = vec![0.0; item.categories];
        let mut sum = self.log_prior(item);
        for (node, theta) in self.points.iter().enumerate() {
            item.log_probabilities(*theta, &mut logs);
            for (category, log) in logs.iter().enumerate() {
                let count = self.counts[category * nodes + node];
                if count > 0.0 {
                    sum += count * log;
                }
            }
        }
        sum
    }

    fn log_prior(&self, item: &Item) -> f64 {
        prior_of(item, self.guessing).map_or(0.0, |(guessing, logit)| guessing.log_density(logit))
    }

    /// Value, gradient and expected information together.
    pub fn slope(&self, item: &Item) -> Slope {
        let (nodes, count, categories) = (self.points.len(), item.parameters.len(), item.categories);
        let mut logs = vec![0.0; categories];
        let mut scores = vec![0.0; categories * count];
        let mut value = self.log_prior(item);
        let mut gradient = DVector::zeros(count);
        let mut information = DMatrix::zeros(count, count);
        for (node, theta) in self.points.iter().enumerate() {
            let at_node: f64 = (0..categories).map(|category| self.counts[category * nodes + node]).sum();
            if at_node <= 0.0 {
                continue;
            }
            item.log_probabilities(*theta, &mut logs);
            item.parameter_scores(*theta, &logs, &mut scores);
            for (category, row) in scores.chunks_exact(count).enumerate() {
                let observed = self.counts[category * nodes + node];
                let expected = at_node * logs[category].exp();
                if observed > 0.0 {
                    value += observed * logs[category];
                }
                for (a, left) in row.iter().enumerate() {
                    gradient[a] += observed * left;
                    for (b, right) in row.iter().enumerate().take(a + 1) {
                        information[(a, b)] += expected * left * right;
                    }
                }
            }
        }
        if let Some((guessing, logit)) = prior_of(item, self.guessing) {
            gradient[2] -= (logit - guessing.mean) / guessing.sd.powi(2);
            information[(2, 2)] += guessing.sd.powi(-2);
        }
        information.fill_upper_triangle_with_lower_triangle();
        Slope { value, gradient, information }
    }

    /// Maximises from `item`; also gives g' B⁻¹ g at the start, a bound on what this item can still gain, and the gradient.
    pub fn maximise(&self, item: &Item) -> (Item, f64, DVector<f64>) {
        let first = self.slope(item);
        let gradient = first.gradient.clone();
        let mut current = item.clone();
        let mut slope = first;
        let mut decrement = None;
        for _ in 0..12 {
            let Some(step) = solve(&slope.information, &slope.gradient) else { break };
            let gain = slope.gradient.dot(&step);
            decrement.get_or_insert(gain);
            let Some(next) = self.ascend(&current, &step, slope.value) else { break };
            current = next;
            if gain < 1e-14 * (1.0 + slope.value.abs()) {
                break;
            }
            slope = self.slope(&current);
        }
        (current, decrement.unwrap_or(0.0).max(0.0), gradient)
    }

    fn ascend(&self, item: &Item, step: &DVector<f64>, value: f64) -> Option<Item> {
        let largest = step.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        let mut scale = if largest > 2.0 { 2.0 / largest } else { 1.0 };
        for _ in 0..30 {
            let parameters: Vec<f64> = item.parameters.iter().zip(step).map(|(x, step)| x + scale * step).collect();
            let next = Item { parameters, ..item.clone() };
            if valid(&next) && self.value(&next) >= value - 1e-13 * value.abs() {
                return Some(next);
            }
            scale /= 2.0;
        }
        None
    }
}

fn prior_of(item: &Item, guessing: Option<Guessing>) -> Option<(Guessing, f64)> {
    let logit = item.parameters.get(2).copied().filter(|_| item.model == Model::ThreePl)?;
    guessing.map(|guessing| (guessing, logit))
}

/// Whether the parameters describe probabilities: finite, and boundaries of the graded model in order.
pub(super) fn valid(item: &Item) -> bool {
    let ordered = item.model != Model::Graded || item.intercepts().windows(2).all(|pair| pair[0] > pair[1]);
    ordered && item.parameters.iter().all(|value| value.is_finite() && value.abs() < 500.0)
}

/// Solves `matrix` x = `right`, with a ridge when the counts say nothing about some direction.
pub(super) fn solve(matrix: &DMatrix<f64>, right: &DVector<f64>) -> Option<DVector<f64>> {
    let size = matrix.nrows();
    let trace = matrix.trace() / size.max(1) as f64;
    [0.0, 1e-10, 1e-6, 1e-2].into_iter().find_map(|ridge| {
        let shifted = matrix + DMatrix::identity(size, size) * (ridge * trace);
        let solution = shifted.cholesky()?.solve(right);
        solution.iter().all(|value| value.is_finite()).then_some(solution)
    })
}
