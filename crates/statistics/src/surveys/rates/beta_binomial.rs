//! The beta-binomial law of rates that differ between units, fitted by guarded maximum likelihood and by moments.

use super::counting::CountingSums;
use super::{Count, RateError, as_f64};
use libm::lgamma;
use serde::Serialize;

/// Bounds of ln(a + b): below, units are all-or-none; above, they do not differ beyond chance.
pub(super) const LOG_SIZE: (f64, f64) = (-4.0, 14.0);

/// Beta(a, b) from which the units' rates are taken to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BetaBinomial {
    /// Mean rate a / (a + b).
    pub mu: f64,
    /// Size a + b: the number of answers that the prior is worth.
    #[serde(rename = "M")]
    pub size: f64,
    /// First shape.
    pub a: f64,
    /// Second shape.
    pub b: f64,
    /// Log-likelihood with the binomial coefficients.
    pub loglik: f64,
    /// Correlation of two answers of one unit, 1 / (a + b + 1).
    pub icc_rho: f64,
    /// Whether a + b stands at a bound of the search (−4 ≤ ln(a + b) ≤ 14): at the upper one the units do not differ beyond
    /// chance.
    pub at_bound: bool,
}

/// The same law by moments.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Moments {
    /// Correlation of two answers of one unit.
    pub rho: f64,
    /// 1 / rho − 1.
    #[serde(rename = "M")]
    pub size: f64,
    /// First shape.
    pub a: f64,
    /// Second shape.
    pub b: f64,
}

/// Log-likelihood (without binomial coefficients), gradient and Hessian at (logit mu, ln M).
#[derive(Debug, Clone, Copy)]
pub(super) struct Surface {
    pub value: f64,
    pub gradient: [f64; 2],
    /// ∂²/∂η², ∂²/∂η∂λ, ∂²/∂λ².
    pub hessian: [f64; 3],
}

impl BetaBinomial {
    /// Maximum likelihood over (logit mu, ln M) with −4 ≤ ln M ≤ 14.
    ///
    /// The likelihood is summed as logarithms over j (Σ ln(a + j)), never as differences of log-gammas: those cancel for
    /// large a + b and let the search run away. Every value of ln M on a grid is tried first, so that a second maximum is
    /// not missed; Newton steps that do not climb are halved.
    ///
    /// # Errors
    /// [`RateError::TooFewUnits`] under two units with answers, [`RateError::NoVariation`] when all answers are alike.
    pub fn fit(counts: &[Count]) -> Result<Self, RateError> {
        let sums = check(counts)?;
        let (eta, lambda) = maximise(&sums, pooled_logit(counts));
        let (mu, size) = (1.0 / (1.0 + (-eta).exp()), lambda.exp());
        let constant: f64 = counts.iter().map(|count| ln_choose(*count)).sum();
        Ok(Self {
            mu,
            size,
            a: mu * size,
            b: (1.0 - mu) * size,
            loglik: surface(&sums, eta, lambda).value + constant,
            icc_rho: 1.0 / (size + 1.0),
            at_bound: lambda <= LOG_SIZE.0 + 1e-9 || lambda >= LOG_SIZE.1 - 1e-9,
        })
    }
}

impl Moments {
    /// rho = [S − p₀q₀(I − 1)] / [p₀q₀(N − Σn²/N − (I − 1))], S = Σ n (p − p₀)²; `None` where rho ≤ 0 (no spread beyond
    /// chance) or there is no variation.
    #[must_use]
    pub fn of(counts: &[Count]) -> Option<Self> {
        let answered: Vec<(f64, f64)> =
            counts.iter().filter(|count| count.n > 0).map(|count| (as_f64(count.x), as_f64(count.n))).collect();
        let total: f64 = answered.iter().map(|(_, n)| n).sum();
        let p0 = answered.iter().map(|(x, _)| x).sum::<f64>() / total;
        let spread: f64 = answered.iter().map(|(x, n)| n * (x / n - p0).powi(2)).sum();
        let squares: f64 = answered.iter().map(|(_, n)| n * n).sum();
        let others = as_f64(answered.len() as u64) - 1.0;
        let unit = p0 * (1.0 - p0);
        let rho = (spread - unit * others) / (unit * (total - squares / total - others));
        let size = 1.0 / rho - 1.0;
        (rho > 0.0 && rho < 1.0).then_some(Self { rho, size, a: p0 * size, b: (1.0 - p0) * size })
    }
}

pub(super) fn check(counts: &[Count]) -> Result<CountingSums, RateError> {
    let found = counts.iter().filter(|count| count.n > 0).count();
    if found < 2 {
        return Err(RateError::TooFewUnits { found, needed: 2 });
    }
    let favourable: u64 = counts.iter().map(|count| count.x).sum();
    let answers: u64 = counts.iter().map(|count| count.n).sum();
    if favourable == 0 || favourable == answers {
        return Err(RateError::NoVariation);
    }
    Ok(CountingSums::new(counts))
}

pub(super) fn pooled_logit(counts: &[Count]) -> f64 {
    let favourable: u64 = counts.iter().map(|count| count.x).sum();
    let answers: u64 = counts.iter().map(|count| count.n).sum();
    (as_f64(favourable) / as_f64(answers - favourable)).ln()
}

pub(super) fn surface(sums: &CountingSums, eta: f64, lambda: f64) -> Surface {
    let (mu, size) = (1.0 / (1.0 + (-eta).exp()), lambda.exp());
    let (a, b) = (mu * size, size / (1.0 + eta.exp()));
    let (fa, fb, fm) = (sums.favourable.rising(a), sums.unfavourable.rising(b), sums.answers.rising(size));
    let (sa, sb) = (fa.first - fm.first, fb.first - fm.first);
    let (saa, sbb, sab) = (fa.second - fm.second, fb.second - fm.second, -fm.second);
    let turn = a * b / size;
    Surface {
        value: fa.value + fb.value - fm.value,
        gradient: [turn * (sa - sb), a * sa + b * sb],
        hessian: [
            turn * turn * (saa - 2.0 * sab + sbb) + turn * (b - a) / size * (sa - sb),
            turn * (a * saa + b * sab - a * sab - b * sbb) + turn * (sa - sb),
            a * a * saa + 2.0 * a * b * sab + b * b * sbb + a * sa + b * sb,
        ],
    }
}

fn maximise(sums: &CountingSums, start: f64) -> (f64, f64) {
    let mut best = (f64::NEG_INFINITY, start, 0.0);
    let mut eta = start;
    for step in 0..=18 {
        let lambda = LOG_SIZE.0 + f64::from(step);
        eta = climb_mean(sums, eta, lambda);
        let value = surface(sums, eta, lambda).value;
        if value > best.0 {
            best = (value, eta, lambda);
        }
    }
    climb(sums, best.1, best.2)
}

/// Newton in logit mu alone.
pub(super) fn climb_mean(sums: &CountingSums, mut eta: f64, lambda: f64) -> f64 {
    for _ in 0..50 {
        let here = surface(sums, eta, lambda);
        let [slope, _] = here.gradient;
        let [bend, ..] = here.hessian;
        let step = (if bend < 0.0 { -slope / bend } else { slope.signum() * 0.5 }).clamp(-2.0, 2.0);
        eta = (eta + step).clamp(-30.0, 30.0);
        if step.abs() < 1e-8 {
            break;
        }
    }
    eta
}

/// Newton in both, halved until it climbs, ln M kept inside its bounds.
fn climb(sums: &CountingSums, mut eta: f64, mut lambda: f64) -> (f64, f64) {
    let mut here = surface(sums, eta, lambda);
    for _ in 0..100 {
        let [mut de, mut dl] = direction(&here);
        let outward = (lambda <= LOG_SIZE.0 && dl < 0.0) || (lambda >= LOG_SIZE.1 && dl > 0.0);
        if outward {
            let [slope, _] = here.gradient;
            let [bend, ..] = here.hessian;
            (de, dl) = (if bend < 0.0 { -slope / bend } else { 0.0 }, 0.0);
        }
        let mut moved = false;
        for _ in 0..40 {
            let (next_eta, next_lambda) = ((eta + de).clamp(-30.0, 30.0), (lambda + dl).clamp(LOG_SIZE.0, LOG_SIZE.1));
            let next = surface(sums, next_eta, next_lambda);
            if next.value >= here.value {
                moved = (next_eta - eta).abs() > 1e-12 || (next_lambda - lambda).abs() > 1e-12;
                (eta, lambda, here) = (next_eta, next_lambda, next);
                break;
            }
            (de, dl) = (0.5 * de, 0.5 * dl);
        }
        if !moved {
            break;
        }
    }
    (eta, lambda)
}

/// The Newton direction where the surface is concave, else a bounded step uphill.
fn direction(here: &Surface) -> [f64; 2] {
    let [h11, h12, h22] = here.hessian;
    let [g1, g2] = here.gradient;
    let determinant = h11 * h22 - h12 * h12;
    let step = if h11 < 0.0 && determinant > 0.0 {
        [(h12 * g2 - h22 * g1) / determinant, (h12 * g1 - h11 * g2) / determinant]
    } else {
        [if h11 < 0.0 { -g1 / h11 } else { g1.signum() * 0.1 }, g2.signum() * 0.5]
    };
    step.map(|part| part.clamp(-2.0, 2.0))
}

fn ln_choose(count: Count) -> f64 {
    let (x, n) = (as_f64(count.x), as_f64(count.n));
    lgamma(n + 1.0) - lgamma(x + 1.0) - lgamma(n - x + 1.0)
}
