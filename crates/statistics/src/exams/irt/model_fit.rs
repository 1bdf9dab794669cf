//! M₂ and what follows from it (Maydeu-Olivares & Joe 2005; M₂* of Cai & Hansen 2013 for more than two categories).
#![expect(clippy::indexing_slicing, reason = "numeric kernel: moments are numbered from the items at entry")]

use super::fit::Fit;
use super::nodes::Nodes;
use super::responses::{MISSING, Responses};
use crate::exams::standard::{chi_square_upper, noncentrality};
use nalgebra::{DMatrix, DVector};

/// Most items: the matrix of moments grows with k⁴.
pub const MOST_ITEMS: usize = 70;

/// Limited-information fit of the whole model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelFit {
    /// M₂.
    pub statistic: f64,
    /// Moments less free parameters.
    pub degrees: usize,
    /// Upper tail of χ².
    pub p: Option<f64>,
    /// √(max(M₂ − df, 0) / (df (n − 1))), with the 90 % interval.
    pub rmsea: (f64, f64, f64),
    /// Root mean squared residual of the correlations.
    pub srmsr: f64,
    /// Tucker–Lewis index against independence.
    pub tli: f64,
    /// Comparative fit index against independence.
    pub cfi: f64,
}

/// Conditional moments of the items at each node, and the derivatives of the means.
struct Model {
    weights: Vec<f64>,
    /// E(x | θ): nodes × items.
    means: Vec<Vec<f64>>,
    /// E(x² | θ).
    squares: Vec<Vec<f64>>,
    /// ∂E(x | θ)/∂parameter: nodes × parameters, with the item of each parameter.
    slopes: Vec<Vec<f64>>,
    owner: Vec<usize>,
    /// ∂ log w / ∂σ².
    variance: Option<Vec<f64>>,
}

/// M₂ over complete patterns; `None` with missing responses, too many items or no degrees of freedom.
#[must_use]
pub fn model_fit(responses: &Responses, fit: &Fit, nodes: &Nodes) -> Option<ModelFit> {
    let items = responses.items();
    if responses.patterns.contains(&MISSING) || items > MOST_ITEMS {
        return None;
    }
    let pairs: Vec<(usize, Option<usize>)> = (0..items)
        .map(|item| (item, None))
        .chain((0..items).flat_map(|a| (a + 1..items).map(move |b| (a, Some(b)))))
        .collect();
    let observed = observed_moments(responses, &pairs);
    let n = responses.pupils as f64;
    let degrees = pairs.len().checked_sub(fit.parameters).filter(|degrees| *degrees > 0)?;
    let model = fitted(fit, nodes);
    let statistic = m2(&model, &pairs, &observed, n)?;
    let null = independence(responses);
    let null_degrees = pairs.len().checked_sub(null.owner.len()).filter(|degrees| *degrees > 0)?;
    let null_statistic = m2(&null, &pairs, &observed, n)?;
    let (df, df0) = (degrees as f64, null_degrees as f64);
    let rmsea = |lambda: f64| (lambda / (df * (n - 1.0))).max(0.0).sqrt();
    let excess = (statistic - df).max(0.0);
    Some(ModelFit {
        statistic,
        degrees,
        p: chi_square_upper(statistic, df),
        rmsea: (rmsea(excess), rmsea(noncentrality(statistic, df, 0.95)), rmsea(noncentrality(statistic, df, 0.05))),
        srmsr: srmsr(&model, &pairs, &observed),
        tli: (null_statistic / df0 - statistic / df) / (null_statistic / df0 - 1.0),
        cfi: 1.0 - excess / (null_statistic - df0).max(excess).max(f64::MIN_POSITIVE),
    })
}

struct Moments {
    values: Vec<f64>,
    squares: Vec<f64>,
}

fn observed_moments(responses: &Responses, pairs: &[(usize, Option<usize>)]) -> Moments {
    let mut values = vec![0.0; pairs.len()];
    let mut squares = vec![0.0; responses.items()];
    let n = responses.pupils as f64;
    for (pattern, weight) in responses.rows().zip(&responses.weights) {
        for ((a, b), value) in pairs.iter().zip(&mut values) {
            let product = f64::from(pattern[*a]) * b.map_or(1.0, |b| f64::from(pattern[b]));
            *value += weight * product / n;
        }
        for (code, square) in pattern.iter().zip(&mut squares) {
            *square += weight * f64::from(*code).powi(2) / n;
        }
    }
    Moments { values, squares }
}

fn fitted(fit: &Fit, nodes: &Nodes) -> Model {
    let log_weights = nodes.log_weights(0.0, fit.variance);
    let weights: Vec<f64> = log_weights.iter().map(|weight| weight.exp()).collect();
    let (mut means, mut squares, mut slopes) = (Vec::new(), Vec::new(), Vec::new());
    for theta in &nodes.points {
        let (mut mean_row, mut square_row, mut slope_row) = (Vec::new(), Vec::new(), Vec::new());
        for item in &fit.items {
            let mut logs = vec![0.0; item.categories];
            let mut scores = vec![0.0; item.categories * item.parameters.len()];
            item.log_probabilities(*theta, &mut logs);
            item.parameter_scores(*theta, &logs, &mut scores);
            let (mut mean, mut square) = (0.0, 0.0);
            let mut slope = vec![0.0; item.parameters.len()];
            for (category, (log, row)) in logs.iter().zip(scores.chunks_exact(item.parameters.len())).enumerate() {
                let (x, p) = (category as f64, log.exp());
                mean += x * p;
                square += x * x * p;
                slope.iter_mut().zip(row).for_each(|(sum, score)| *sum += x * p * score);
            }
            mean_row.push(mean);
            square_row.push(square);
            slope_row.extend(slope);
        }
        means.push(mean_row);
        squares.push(square_row);
        slopes.push(slope_row);
    }
    let second: f64 = nodes.points.iter().zip(&weights).map(|(x, weight)| x * x * weight).sum();
    let variance = fit
        .variance_free
        .then(|| nodes.points.iter().map(|x| (x * x - second) / (2.0 * fit.variance * fit.variance)).collect());
    let owner = fit.items.iter().enumerate().flat_map(|(index, item)| vec![index; item.parameters.len()]).collect();
    Model { weights, means, squares, slopes, owner, variance }
}

/// Independent items with free category shares: one node.
fn independence(responses: &Responses) -> Model {
    let n = responses.pupils as f64;
    let items = responses.items();
    let (mut means, mut squares) = (vec![0.0; items], vec![0.0; items]);
    for (pattern, weight) in responses.rows().zip(&responses.weights) {
        for (item, code) in pattern.iter().enumerate() {
            means[item] += weight * f64::from(*code) / n;
            squares[item] += weight * f64::from(*code).powi(2) / n;
        }
    }
    let (mut slopes, mut owner) = (Vec::new(), Vec::new());
    for (item, categories) in responses.categories.iter().enumerate() {
        for category in 1..*categories {
            slopes.push(category as f64);
            owner.push(item);
        }
    }
    Model {
        weights: vec![1.0],
        means: vec![means],
        squares: vec![squares],
        slopes: vec![slopes],
        owner,
        variance: None,
    }
}

impl Model {
    fn expected(&self, a: usize, b: Option<usize>) -> f64 {
        let at = |means: &Vec<f64>| means[a] * b.map_or(1.0, |b| means[b]);
        self.weights.iter().zip(&self.means).map(|(weight, means)| weight * at(means)).sum()
    }

    /// Covariance of two products of items under the model.
    fn covariance(&self, left: (usize, Option<usize>), right: (usize, Option<usize>)) -> f64 {
        let mut sum = 0.0;
        for ((weight, means), squares) in self.weights.iter().zip(&self.means).zip(&self.squares) {
            let mut product = *weight;
            for item in [Some(left.0), left.1].into_iter().flatten() {
                let twice = item == right.0 || Some(item) == right.1;
                product *= if twice { squares[item] } else { means[item] };
            }
            for item in [Some(right.0), right.1].into_iter().flatten() {
                if item != left.0 && Some(item) != left.1 {
                    product *= means[item];
                }
            }
            sum += product;
        }
        sum - self.expected(left.0, left.1) * self.expected(right.0, right.1)
    }

    fn derivative(&self, a: usize, b: Option<usize>, column: usize) -> f64 {
        let owner = self.owner.get(column).copied();
        let mut sum = 0.0;
        for (node, (weight, means)) in self.weights.iter().zip(&self.means).enumerate() {
            let other = |item: Option<usize>| item.map_or(1.0, |item| means[item]);
            sum += weight
                * match owner {
                    Some(owner) if owner == a => self.slopes[node][column] * other(b),
                    Some(owner) if Some(owner) == b => self.slopes[node][column] * means[a],
                    Some(_) => 0.0,
                    None => self.variance.as_ref().map_or(0.0, |score| score[node]) * means[a] * other(b),
                };
        }
        sum
    }
}

/// n e'(Ξ⁻¹ − Ξ⁻¹Δ(Δ'Ξ⁻¹Δ)⁻¹Δ'Ξ⁻¹)e, by projecting L⁻¹e off the columns of L⁻¹Δ.
fn m2(model: &Model, pairs: &[(usize, Option<usize>)], observed: &Moments, n: f64) -> Option<f64> {
    let size = pairs.len();
    let columns = model.owner.len() + usize::from(model.variance.is_some());
    let mut xi = DMatrix::zeros(size, size);
    for (row, left) in pairs.iter().enumerate() {
        for (column, right) in pairs.iter().enumerate().take(row + 1) {
            xi[(row, column)] = model.covariance(*left, *right);
        }
    }
    xi.fill_upper_triangle_with_lower_triangle();
    let lower = xi.cholesky()?.unpack();
    let residual = DVector::from_iterator(
        size,
        pairs.iter().zip(&observed.values).map(|((a, b), value)| value - model.expected(*a, *b)),
    );
    let delta = DMatrix::from_fn(size, columns, |row, column| model.derivative(pairs[row].0, pairs[row].1, column));
    let mut whitened = lower.solve_lower_triangular(&residual)?;
    let directions = lower.solve_lower_triangular(&delta)?.svd(true, false);
    let u = directions.u?;
    let largest = directions.singular_values.max();
    for (column, value) in directions.singular_values.iter().enumerate() {
        if *value > 1e-10 * largest {
            let direction = u.column(column);
            let part = direction.dot(&whitened);
            whitened -= direction * part;
        }
    }
    Some(n * whitened.norm_squared())
}

fn srmsr(model: &Model, pairs: &[(usize, Option<usize>)], observed: &Moments) -> f64 {
    let items = observed.squares.len();
    let correlation = |product: f64, (ma, mb): (f64, f64), (sa, sb): (f64, f64)| {
        (product - ma * mb) / ((sa - ma * ma) * (sb - mb * mb)).sqrt()
    };
    let second = |item: usize| -> f64 {
        model.weights.iter().zip(&model.squares).map(|(weight, squares)| weight * squares[item]).sum()
    };
    let first: Vec<f64> = (0..items).map(|item| model.expected(item, None)).collect();
    let second: Vec<f64> = (0..items).map(second).collect();
    let mut squares = 0.0;
    let mut count = 0.0;
    for ((a, b), value) in pairs.iter().zip(&observed.values) {
        let (a, Some(b)) = (*a, *b) else { continue };
        let seen =
            correlation(*value, (observed.values[a], observed.values[b]), (observed.squares[a], observed.squares[b]));
        let implied = correlation(model.expected(a, Some(b)), (first[a], first[b]), (second[a], second[b]));
        squares += (seen - implied).powi(2);
        count += 1.0;
    }
    (squares / count).sqrt()
}
