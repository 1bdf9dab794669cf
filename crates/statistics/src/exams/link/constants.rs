//! The constants A and B by four methods, with jackknife errors over the common items.

use super::Pair;
use super::criterion::{Target, minimise};
use crate::exams::Error;
use crate::exams::irt::{Item, Nodes};

/// How to find the constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Ratio of the mean slopes, then the mean difficulties.
    MeanMean,
    /// Ratio of the SDs of the difficulties, then their means.
    MeanSigma,
    /// Least squares between the curves of each item.
    Haebara,
    /// Least squares between the test characteristic curves.
    StockingLord,
}

/// θ_base = `slope` θ_new + `shift`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constants {
    /// A.
    pub slope: f64,
    /// B.
    pub shift: f64,
}

/// Constants with their errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linked {
    /// The constants.
    pub constants: Constants,
    /// Jackknife standard errors of A and B over items; `None` with two items.
    pub errors: Option<(f64, f64)>,
}

/// Links over the common items.
///
/// # Errors
/// [`Error::TooFewItems`] under two pairs, [`Error::Numeric`] when the difficulties do not vary or a slope is not positive.
pub fn link(pairs: &[Pair], method: Method, nodes: &Nodes) -> Result<Linked, Error> {
    if pairs.len() < 2 {
        return Err(Error::TooFewItems { needed: 2, found: pairs.len() });
    }
    let constants = constants(pairs, method, nodes)?;
    Ok(Linked { constants, errors: jackknife(pairs, method, nodes) })
}

fn jackknife(pairs: &[Pair], method: Method, nodes: &Nodes) -> Option<(f64, f64)> {
    let count = pairs.len() as f64;
    if pairs.len() < 3 {
        return None;
    }
    let without = |left_out: usize| {
        let kept: Vec<Pair> =
            pairs.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, pair)| pair.clone()).collect();
        constants(&kept, method, nodes).ok()
    };
    let each: Vec<Constants> = (0..pairs.len()).map(without).collect::<Option<_>>()?;
    let error = |value: fn(&Constants) -> f64| {
        let mean = each.iter().map(value).sum::<f64>() / count;
        let squares: f64 = each.iter().map(|one| (value(one) - mean).powi(2)).sum();
        ((count - 1.0) / count * squares).sqrt()
    };
    Some((error(|constants| constants.slope), error(|constants| constants.shift)))
}

fn constants(pairs: &[Pair], method: Method, nodes: &Nodes) -> Result<Constants, Error> {
    match method {
        Method::MeanMean => mean_mean(pairs),
        Method::MeanSigma => mean_sigma(pairs),
        Method::Haebara | Method::StockingLord => {
            let start = mean_sigma(pairs).or_else(|_| mean_mean(pairs))?;
            minimise(&Target { pairs, nodes, per_item: method == Method::Haebara }, start)
        }
    }
}

fn difficulties(pairs: &[Pair], side: fn(&Pair) -> &Item) -> Vec<f64> {
    pairs.iter().flat_map(|pair| side(pair).difficulties()).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn checked(slope: f64, shift: f64) -> Result<Constants, Error> {
    let sound = slope.is_finite() && slope > 0.0 && shift.is_finite();
    sound.then_some(Constants { slope, shift }).ok_or(Error::Numeric("the common items do not determine a scale"))
}

fn mean_mean(pairs: &[Pair]) -> Result<Constants, Error> {
    let (base, new) = (difficulties(pairs, |pair| &pair.base), difficulties(pairs, |pair| &pair.new));
    let sum = |side: fn(&Pair) -> &Item| pairs.iter().map(|pair| side(pair).slope()).sum::<f64>();
    let slope = sum(|pair| &pair.new) / sum(|pair| &pair.base);
    checked(slope, mean(&base) - slope * mean(&new))
}

fn mean_sigma(pairs: &[Pair]) -> Result<Constants, Error> {
    let (base, new) = (difficulties(pairs, |pair| &pair.base), difficulties(pairs, |pair| &pair.new));
    let squares = |values: &[f64]| values.iter().map(|value| (value - mean(values)).powi(2)).sum::<f64>();
    let slope = (squares(&base) / squares(&new)).sqrt();
    checked(slope, mean(&base) - slope * mean(&new))
}
