//! Standardisations of a count with a known mean, and the counts at which they reach a value.

use super::{Rule, State, Step};

/// How a count x with in-control mean m becomes a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// (x − 3m + 2√(xm)) / (2√m), Rossi et al. 1999.
    Rossi,
    /// (x − m)/√m.
    Standard,
    /// 1.5(x^⅔ − m^⅔)/m^⅙.
    Anscombe,
    /// Anscombe with the second-order mean of x^⅔.
    Anscombe2nd,
    /// (x − m)/√(m + αm²).
    PearsonNegBin,
    /// x itself.
    None,
}

impl Transform {
    /// The score of a count.
    #[must_use]
    pub fn score(self, x: f64, m: f64, alpha: f64) -> f64 {
        let two_thirds = |value: f64| value.powf(2.0 / 3.0);
        match self {
            Self::Rossi => (x - 3.0 * m + 2.0 * (x * m).sqrt()) / (2.0 * m.sqrt()),
            Self::Standard => (x - m) / m.sqrt(),
            Self::Anscombe => 1.5 * (two_thirds(x) - two_thirds(m)) / m.powf(1.0 / 6.0),
            Self::Anscombe2nd => {
                (two_thirds(x) - (two_thirds(m) - m.powf(-1.0 / 3.0) / 9.0)) / (2.0 / 3.0 * m.powf(1.0 / 6.0))
            }
            Self::PearsonNegBin => (x - m) / (m + alpha * m * m).sqrt(),
            Self::None => x,
        }
    }

    /// Variance of a count under the transform's own law.
    pub(super) fn variance(self, m: f64, alpha: f64) -> f64 {
        if self == Self::PearsonNegBin { m + alpha * m * m } else { m }
    }

    /// One day by a mean: score and step.
    #[must_use]
    pub fn step(self, state: &mut State, count: f64, (mean, rule): (f64, &Rule)) -> Step {
        let bound = self.bound(rule.left(state), mean, rule);
        let mut step = state.step(self.score(count, mean, rule.alpha), bound, rule);
        // R shows, for untransformed counts, what is left to the limit after today
        if rule.compat && self == Self::None {
            step.bound = rule.short_of(step.statistic);
        }
        step
    }

    /// The count whose score is `score`; 0 where it would be negative or undefined.
    ///
    /// In compat two bounds are R's own: the root of `rossi` is squared whatever its sign, and `anscombe2nd` subtracts m^⅓/9 where its score subtracts m^−⅓/9.
    #[must_use]
    pub fn bound(self, score: f64, m: f64, rule: &Rule) -> f64 {
        let three_halves = |value: f64| value.powf(1.5);
        let x = match self {
            Self::Rossi => {
                let root = (4.0 * m + 2.0 * m.sqrt() * score).sqrt() - m.sqrt();
                if root < 0.0 && !rule.compat { 0.0 } else { root * root }
            }
            Self::Standard => (m + score * m.sqrt()).ceil(),
            Self::Anscombe => three_halves(m.powf(2.0 / 3.0) + score * m.powf(1.0 / 6.0) / 1.5),
            Self::Anscombe2nd => {
                let shift = if rule.compat { m.cbrt() } else { m.cbrt().recip() } / 9.0;
                three_halves(m.powf(2.0 / 3.0) - shift + score * (2.0 / 3.0) * m.powf(1.0 / 6.0))
            }
            Self::PearsonNegBin => m + score * (m + rule.alpha * m * m).sqrt(),
            Self::None => score,
        };
        if x >= 0.0 { x } else { 0.0 }
    }
}
