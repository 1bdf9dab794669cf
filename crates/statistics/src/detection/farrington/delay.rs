//! Negative-binomial regression with the predictive quantile computed, not drawn (the idea of `bodaDelay`, inference "asym").
//!
//! Source: Salmon, Schumacher, Stark & Höhle 2015 (Biom J 57:1051). Where the paper draws the linear predictor and the size
//! from their asymptotic normal laws and counts from those, here both are integrated (Gauss–Hermite nodes, equally likely parts), so
//! that the same data give the same bound.

use super::Common;
use super::baseline::{self, Layout};
use crate::detection::irls::Factor;
use crate::detection::{DetectionError, Judgement, Monitored, Reason, Series, Verdicts};
use crate::distributions::{CountLaw, normal_cdf, normal_quantile};
use statrs::function::gamma::digamma;

/// Parameters under R's names (`bodaDelay`).
#[derive(Debug, Clone, PartialEq)]
pub struct DelayParams {
    /// Years, half-width, level, trend and `limit54`; the rest has no bearing.
    pub common: Common,
    /// Season levels (`noPeriods`).
    pub periods: usize,
    /// Latest points left out of the baseline; `None` is w (`pastWeeksNotIncluded`).
    pub skipped: Option<usize>,
}

impl Default for DelayParams {
    fn default() -> Self {
        Self { common: Common::default(), periods: 1, skipped: None }
    }
}

/// Nodes and weights of five-point Gauss–Hermite quadrature for the standard normal law.
const NODES: [(f64, f64); 5] = [
    (-2.856_970_013_872_806, 0.011_257_411_327_720_7),
    (-1.355_626_179_974_265_7, 0.222_075_922_005_612_6),
    (0.0, 0.533_333_333_333_333_3),
    (1.355_626_179_974_265_7, 0.222_075_922_005_612_6),
    (2.856_970_013_872_806, 0.011_257_411_327_720_7),
];

/// Parts the law of the size is cut into.
const STRATA: f64 = 16.0;

/// Judges the monitored points of one series; the p-value is the mid-p of the predictive mixture.
///
/// Default range: from point freq·b + w + 1, counted from 1.
///
/// # Errors
/// A parameter out of range, a range outside the series, reference points that do not exist, too many periods.
pub fn run(series: Series<'_>, params: &DelayParams, monitored: Monitored) -> Result<Verdicts, DetectionError> {
    params.common.check()?;
    let first = series.timeline.frequency * params.common.years + params.common.half_width;
    let range = monitored.resolve(series.len(), first, false)?;
    let points = range.map(|index| judge(series, params, index)).collect::<Result<_, _>>()?;
    Ok(Verdicts { points, extras: Vec::new() })
}

/// Judges one point.
fn judge(series: Series<'_>, params: &DelayParams, index: usize) -> Result<Judgement, DetectionError> {
    let common = &params.common;
    let periods = params.periods.max(1);
    let skipped = params.skipped.unwrap_or(common.half_width);
    let layout = Layout { years: common.years, half_width: common.half_width, periods, skipped };
    let blocks = baseline::blocks(series, index, layout)?;
    let kept: Vec<(usize, usize)> = blocks
        .rows
        .iter()
        .copied()
        .zip(blocks.levels.iter().copied())
        .filter(|(row, _)| !series.at(*row).is_nan())
        .collect();
    let mut seasons: Vec<usize> = kept.iter().map(|(_, level)| *level).collect();
    seasons.sort_unstable();
    seasons.dedup();
    let row = |at: usize, level: usize| {
        let mut x = vec![1.0];
        if common.trend {
            x.push((at + 1) as f64);
        }
        x.extend(seasons.iter().skip(1).map(|season| f64::from(u8::from(*season == level))));
        x
    };
    let rows: Vec<Vec<f64>> = kept.iter().map(|(at, level)| row(*at, *level)).collect();
    let y: Vec<f64> = kept.iter().map(|(at, _)| series.at(*at)).collect();
    let today = series.at(index);
    let own = || kept.iter().filter(|(_, level)| *level == periods).map(|(at, _)| series.at(*at));
    let mixture = if own().all(|count| count == 0.0) && own().next().is_some() {
        Mixture::of_zeros(own().count())
    } else {
        let Some(fit) = NegativeBinomialFit::new(&rows, &y) else {
            return Ok(Judgement::undecided(index, today, Reason::NotConverged));
        };
        fit.predictive(&row(index, periods))
    };
    let quantile = mixture.quantile(1.0 - common.alpha);
    let enough = common.recent_sum(series, index) >= common.limit54.0;
    let mut point = Judgement { expected: mixture.mean(), ..Judgement::open(index, today) };
    point.pvalue = if today.is_nan() { f64::NAN } else { mixture.mid_p(today) };
    point.score = (today - mixture.mean()) / (quantile - mixture.mean());
    point.upperbound = quantile;
    point.alarm = (!today.is_nan()).then_some(today > quantile);
    if today.is_nan() {
        point.reason = Some(Reason::MissingToday);
    } else if !enough {
        point.alarm = Some(false);
        point.upperbound = f64::NAN;
        point.reason = Some(Reason::TooFewCases);
    }
    Ok(point)
}

/// A fitted negative-binomial regression.
struct NegativeBinomialFit {
    coefficients: Vec<f64>,
    factor: Factor,
    size: f64,
    size_error: f64,
}

impl NegativeBinomialFit {
    /// Fits by turns the coefficients (weighted least squares) and the size (Newton on its likelihood); `None` on overflow.
    fn new(rows: &[Vec<f64>], y: &[f64]) -> Option<Self> {
        let columns: Vec<Vec<f64>> = (0..rows.first()?.len())
            .map(|c| rows.iter().map(|row| row.get(c).copied().unwrap_or(0.0)).collect())
            .collect();
        let mut size = f64::INFINITY;
        let mut mu: Vec<f64> = y.iter().map(|y| y + 0.1).collect();
        let mut found = None;
        for _ in 0..60 {
            let weights: Vec<f64> = mu.iter().map(|mu| mu / (1.0 + mu / size)).collect();
            let target: Vec<f64> = mu.iter().zip(y).map(|(mu, y)| mu.ln() + (y - mu) / mu).collect();
            let factor = Factor::weighted(&columns, &weights);
            let coefficients = factor.solve(&weights, &target);
            let next: Vec<f64> = rows.iter().map(|row| dot(&coefficients, row).exp().max(f64::EPSILON)).collect();
            if next.iter().any(|mu| !mu.is_finite()) {
                return None;
            }
            let change: f64 = next.iter().zip(&mu).map(|(a, b)| (a - b).abs() / (0.1 + b)).fold(0.0, f64::max);
            mu = next;
            let (newer, size_error) = best_size(&mu, y);
            let still = (newer - size).abs() <= 1e-6 * size || (newer.is_infinite() && size.is_infinite());
            size = newer;
            found = Some(Self { coefficients, factor, size, size_error });
            if still && change < 1e-8 {
                break;
            }
        }
        found
    }

    /// Equally likely sizes: the middles of as many parts of the normal law above zero. What would lie below zero is no size.
    fn sizes(&self) -> impl Iterator<Item = f64> {
        let below = normal_cdf(-self.size / self.size_error.max(f64::MIN_POSITIVE));
        (0..STRATA as u32).map(move |part| {
            let p = below + (1.0 - below) * (f64::from(part) + 0.5) / STRATA;
            (self.size + self.size_error * normal_quantile(p)).max(1e-6 * self.size)
        })
    }

    /// Predictive law at a design row: five nodes over the linear predictor, equally likely parts over the size.
    fn predictive(&self, x: &[f64]) -> Mixture {
        let eta = dot(&self.coefficients, x);
        let se = self.factor.quadratic(x).sqrt();
        let mut parts = Vec::with_capacity(25);
        for (z, weight) in NODES {
            let mean = (eta + z * se).min(30.0).exp();
            if self.size.is_infinite() {
                parts.push((weight, CountLaw::Poisson { mean }));
                continue;
            }
            parts.extend(self.sizes().map(|size| (weight / STRATA, CountLaw::NegativeBinomial { size, mean })));
        }
        Mixture { parts }
    }
}

/// Sum over estimable coefficients.
fn dot(coefficients: &[f64], x: &[f64]) -> f64 {
    coefficients.iter().zip(x).filter(|(c, _)| !c.is_nan()).map(|(c, x)| c * x).sum()
}

/// Maximum-likelihood size for given means, and its standard error; infinite when the counts are not overdispersed.
fn best_size(mu: &[f64], y: &[f64]) -> (f64, f64) {
    let score = |size: f64| -> f64 {
        let one = |(mu, y): (&f64, &f64)| {
            digamma(y + size) - digamma(size) + (size / (size + mu)).ln() + 1.0 - (y + size) / (mu + size)
        };
        mu.iter().zip(y).map(one).sum()
    };
    let (mut low, mut high) = (1e-3_f64.ln(), 1e5_f64.ln());
    if score(high.exp()) >= 0.0 {
        return (f64::INFINITY, 0.0);
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if score(middle.exp()) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let size = (0.5 * (low + high)).exp();
    let step = 1e-4 * size;
    let information = (score(size - step) - score(size + step)) / (2.0 * step);
    (size, if information > 0.0 { information.recip().sqrt() } else { 0.0 })
}

/// A mixture of count laws.
struct Mixture {
    parts: Vec<(f64, CountLaw)>,
}

impl Mixture {
    /// After nothing but zeros in the season of today, where a logarithm has no estimate: the predictive law under Jeffreys' prior.
    fn of_zeros(points: usize) -> Self {
        let mean = 0.5 / points.max(1) as f64;
        Self { parts: vec![(1.0, CountLaw::NegativeBinomial { size: 0.5, mean })] }
    }

    fn sum(&self, f: impl Fn(&CountLaw) -> f64) -> f64 {
        self.parts.iter().map(|(weight, law)| weight * f(law)).sum()
    }

    fn mean(&self) -> f64 {
        self.sum(CountLaw::mean)
    }

    fn mid_p(&self, y: f64) -> f64 {
        self.sum(|law| law.mid_p(y))
    }

    /// Smallest count that the mixture does not exceed with probability p.
    fn quantile(&self, p: f64) -> f64 {
        let (mut low, mut high) = (-1.0, 1.0);
        while self.sum(|law| law.cdf(high)) < p && high < 1e12 {
            high *= 2.0;
        }
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0_f64).floor();
            if self.sum(|law| law.cdf(middle)) >= p {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

#[cfg(test)]
mod tests {
    //! The quadrature against brute force.

    use super::*;

    /// The predictive quantile by a fine grid over the linear predictor and the size, each cell weighted by its probability.
    fn brute(fit: &NegativeBinomialFit, x: &[f64], p: f64) -> f64 {
        let (eta, se) = (dot(&fit.coefficients, x), fit.factor.quadratic(x).sqrt());
        let grid = |cells: i32| {
            (-cells..cells).map(move |cell| {
                let (low, high) =
                    (4.5 * f64::from(cell) / f64::from(cells), 4.5 * f64::from(cell + 1) / f64::from(cells));
                (0.5 * (low + high), normal_cdf(high) - normal_cdf(low))
            })
        };
        let mut parts = Vec::new();
        for (z, weight) in grid(24) {
            let mean = (eta + z * se).exp();
            if fit.size.is_infinite() {
                parts.push((weight, CountLaw::Poisson { mean }));
                continue;
            }
            for (v, other) in grid(20) {
                let size = fit.size + v * fit.size_error;
                if size <= 0.0 {
                    continue;
                }
                parts.push((weight * other, CountLaw::NegativeBinomial { size, mean }));
            }
        }
        let whole: f64 = parts.iter().map(|(weight, _)| weight).sum();
        let below = |y: f64| parts.iter().map(|(weight, law)| weight * law.cdf(y)).sum::<f64>() / whole;
        // doubling and halving: the distribution function is dear
        let (mut low, mut high) = (-1.0, 1.0);
        while below(high) < p {
            (low, high) = (high, 2.0 * high);
        }
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0_f64).floor();
            if below(middle) < p { low = middle } else { high = middle }
        }
        high
    }

    #[test]
    fn a_past_of_zeros_has_a_bound_and_three_cases_exceed_it() {
        let mut counts = vec![0.0; 330];
        counts[329] = 3.0;
        let timeline = crate::detection::Timeline::default();
        let mut params = DelayParams::default();
        params.common.limit54 = (0.0, 4);
        let day = Monitored::Rows { from: 329, to: 329 };
        let point = run(Series::new(&counts, None, &timeline).unwrap(), &params, day).unwrap().points[0];
        assert!(point.alarm == Some(true) && point.upperbound < 2.0 && point.pvalue < 0.01, "{point:?}");
    }

    #[test]
    fn the_quantile_is_brute_forces_within_one_count() {
        for (mean, wave, length) in [(1.4, 2, 30), (4.0, 3, 40), (12.0, 9, 60), (30.0, 5, 80)] {
            let rows: Vec<Vec<f64>> = (0..length).map(|t| vec![1.0, f64::from(t) / 50.0]).collect();
            let y: Vec<f64> = (0..length).map(|t| (mean * f64::from(t * t % 7 + t % wave) / 4.0).floor()).collect();
            let fit = NegativeBinomialFit::new(&rows, &y).unwrap();
            let x = [1.0, f64::from(length) / 50.0];
            for p in [0.9, 0.95, 0.99] {
                let (found, sought) = (fit.predictive(&x).quantile(p), brute(&fit, &x, p));
                assert!((found - sought).abs() <= 1.0, "mean {mean}, p {p}: {found}, by brute force {sought}");
            }
        }
    }
}
