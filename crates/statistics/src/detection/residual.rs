//! Mid-quantile residuals: a count as the standard normal value that is as rare under its predictive law.
//!
//! Source: Dunn & Smyth 1996 (J Comput Graph Stat 5:236), with the mid-p value in place of a random one, so that the same count
//! always has the same residual. Charts of residuals know the spread and the skewness of the counts they watch.

use crate::distributions::{CountLaw, normal_quantile, normal_tail};

/// Residuals are cut at this size: beyond it tails are rounding noise.
const MOST: f64 = 12.0;

/// Counts up to this are summed one by one; larger ones by the saddlepoint.
const SMALL: f64 = 24.0;

/// The residual of a count, to three hundredths and mostly to three digits: the streaming charts take one a day and series.
#[must_use]
pub fn residual(law: &CountLaw, count: f64) -> f64 {
    if !law.mean().is_finite() || law.mean() <= 0.0 || count.is_nan() {
        return exact(law, count);
    }
    if count > SMALL {
        return saddlepoint(law, count).clamp(-MOST, MOST);
    }
    let tail = small_tail(law, count);
    if tail > 1e-9 && tail < 1.0 - 1e-9 { -normal_quantile(tail) } else { exact(law, count) }
}

/// max(0, residual − 1), what a three-day chart sums: most days have none, and need no quantile to know it.
#[must_use]
pub(super) fn excess_over_one(law: &CountLaw, count: f64) -> f64 {
    /// P(Z > 1), a little more than it is.
    const TAIL_OF_ONE: f64 = 0.158_655_254;
    if count <= law.mean() || (count <= SMALL && small_tail(law, count) > TAIL_OF_ONE) {
        return 0.0;
    }
    (residual(law, count) - 1.0).max(0.0)
}

/// The residual from the law's own tails.
fn exact(law: &CountLaw, count: f64) -> f64 {
    let tail = law.mid_p(count);
    if tail.is_nan() { f64::NAN } else { (-normal_quantile(tail)).clamp(-MOST, MOST) }
}

/// The mid-p value of a small count by adding up probabilities.
fn small_tail(law: &CountLaw, count: f64) -> f64 {
    let (mut probability, mean, size) = match *law {
        CountLaw::Poisson { mean } => ((-mean).exp(), mean, f64::INFINITY),
        CountLaw::NegativeBinomial { size, mean } => ((-size * (mean / size).ln_1p()).exp(), mean, size),
    };
    let (shift, ratio) = if size.is_finite() { (size, mean / (mean + size)) } else { (0.0, mean) };
    let mut below = 0.0;
    let mut y = 0.0;
    while y < count {
        below += probability;
        let raise = if size.is_finite() { y + shift } else { 1.0 };
        y += 1.0;
        probability *= raise / y * ratio;
    }
    1.0 - below - 0.5 * probability
}

/// Barndorff-Nielsen's r* = r + ln(u/r)/r (1986, Biometrika 73:307): without a continuity correction it is the mid-p value.
fn saddlepoint(law: &CountLaw, y: f64) -> f64 {
    let (mean, per_case) = match *law {
        CountLaw::Poisson { mean } => (mean, 0.0),
        CountLaw::NegativeBinomial { size, mean } => (mean, 1.0 / size),
    };
    let (rise, damp) =
        ((y / mean).ln(), if per_case > 0.0 { ((1.0 + per_case * y) / (1.0 + per_case * mean)).ln() } else { 0.0 });
    let rest = if per_case > 0.0 { (y + 1.0 / per_case) * damp } else { y - mean };
    let r = (2.0 * (y * rise - rest)).max(0.0).sqrt().copysign(y - mean);
    if r.abs() < 0.02 {
        let variance = mean * (1.0 + per_case * mean);
        return (y - mean) / variance.sqrt() + (1.0 + 2.0 * per_case * mean) / (6.0 * variance.sqrt());
    }
    let u = (rise - damp) * (y * (1.0 + per_case * y)).sqrt();
    r + (u / r).ln() / r
}

/// The smallest count whose residual is at least `score`; NaN for a law without numbers.
#[must_use]
pub fn count_reaching(law: &CountLaw, score: f64) -> f64 {
    if score <= -MOST {
        return 0.0;
    }
    let tail = normal_tail(score.min(MOST));
    let count = law.quantile(1.0 - tail);
    // at the quantile P(Y > y) ≤ tail, but half of P(Y = y) may lift the mid-p value above it
    if law.mid_p(count) <= tail { count } else { count + 1.0 }
}

#[cfg(test)]
mod tests {
    //! Rules of the residual.

    use super::*;

    #[test]
    fn the_count_found_is_the_first_that_reaches_the_score() {
        for law in [CountLaw::Poisson { mean: 0.3 }, CountLaw::NegativeBinomial { size: 2.0, mean: 40.0 }] {
            for score in [-0.5, 0.7, 1.0, 2.3, 3.3] {
                let count = count_reaching(&law, score);
                assert!(residual(&law, count) >= score, "{law:?} {score}");
                assert!(count == 0.0 || residual(&law, count - 1.0) < score, "{law:?} {score}");
            }
        }
    }

    #[test]
    fn the_excess_is_the_residual_above_one() {
        for law in [CountLaw::Poisson { mean: 0.3 }, CountLaw::NegativeBinomial { size: 2.0, mean: 4.0 }] {
            for count in 0..60 {
                let count = f64::from(count);
                assert_eq!(excess_over_one(&law, count), (residual(&law, count) - 1.0).max(0.0), "{law:?} {count}");
            }
        }
    }

    #[test]
    fn the_quick_residual_is_within_three_hundredths_of_the_exact_one() {
        for law in [
            CountLaw::Poisson { mean: 0.3 },
            CountLaw::Poisson { mean: 30.0 },
            CountLaw::NegativeBinomial { size: 0.4, mean: 2.0 },
            CountLaw::NegativeBinomial { size: 8.0, mean: 60.0 },
        ] {
            for count in 0..150 {
                let (quick, slow) = (residual(&law, f64::from(count)), exact(&law, f64::from(count)));
                assert!((quick - slow).abs() < 3e-2 || slow.abs() > 6.0, "{law:?} {count}: {quick} {slow}");
            }
        }
    }

    #[test]
    fn residuals_of_large_counts_are_the_standardised_ones() {
        let law = CountLaw::Poisson { mean: 40_000.0 };
        assert!((residual(&law, 40_400.0) - 2.0).abs() < 0.02);
    }
}
