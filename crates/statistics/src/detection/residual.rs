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
    if tail > 1e-9 && tail < 1.0 - 1e-9 { -quick_normal_quantile(tail) } else { exact(law, count) }
}

/// The normal quantile to seven digits, quicker than to sixteen: PPND7 of Wichura 1988 (Appl Stat 37:477, algorithm AS 241).
fn quick_normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        let above = ((59.109_374_72 * r + 159.291_132_02) * r + 50.434_271_938) * r + 3.387_132_717_9;
        return q * above / (((67.187_563_6 * r + 78.757_757_664) * r + 17.895_169_469) * r + 1.0);
    }
    let r = (-p.min(1.0 - p).ln()).sqrt();
    let far = if r <= 5.0 {
        let r = r - 1.6;
        let above = ((0.170_238_211_03 * r + 1.306_728_481_6) * r + 2.756_815_39) * r + 1.423_437_277_7;
        above / ((0.120_211_329_75 * r + 0.737_001_642_5) * r + 1.0)
    } else {
        let r = r - 5.0;
        let above = ((0.017_337_203_997 * r + 0.428_682_943_37) * r + 3.081_226_386) * r + 6.657_905_115;
        above / ((0.012_258_202_635 * r + 0.241_978_942_25) * r + 1.0)
    };
    far.copysign(q)
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

/// 1, 1/2, 1/3, …
const RECIPROCALS: [f64; SMALL as usize] = reciprocals();

/// The first reciprocals.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
const fn reciprocals() -> [f64; SMALL as usize] {
    let mut all = [1.0; SMALL as usize];
    let mut at = 1;
    while at < all.len() {
        all[at] = 1.0 / (at + 1) as f64;
        at += 1;
    }
    all
}

/// The probabilities of 0, 1, 2, …, each from the one before.
struct Terms {
    probability: f64,
    raise: f64,
    slope: f64,
    ratio: f64,
}

impl Terms {
    /// Begins at 0.
    fn of(law: &CountLaw) -> Self {
        match *law {
            CountLaw::Poisson { mean } => Self { probability: (-mean).exp(), raise: 1.0, slope: 0.0, ratio: mean },
            CountLaw::NegativeBinomial { size, mean } => {
                Self { probability: none(size, mean / size), raise: size, slope: 1.0, ratio: mean / (mean + size) }
            }
        }
    }

    /// The next probability; takes the reciprocal of its count.
    fn next(&mut self, reciprocal: f64) {
        self.probability *= self.raise * reciprocal * self.ratio;
        self.raise += self.slope;
    }
}

/// (1 + odds)^−size, the probability of no case.
fn none(size: f64, odds: f64) -> f64 {
    let base = 1.0 + odds;
    // what the sum rounds off belongs to the logarithm, and shows once it is multiplied by a large size
    let lost = if size < 16.0 { 0.0 } else { (odds - (base - 1.0)) / base };
    (-size * (base.ln() + lost)).exp()
}

/// The mid-p value of a small count by adding up probabilities.
fn small_tail(law: &CountLaw, count: f64) -> f64 {
    let mut terms = Terms::of(law);
    let mut below = 0.0;
    for reciprocal in RECIPROCALS.iter().take(count as usize) {
        below += terms.probability;
        terms.next(*reciprocal);
    }
    1.0 - below - 0.5 * terms.probability
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

/// The law's mid-p value, to nine digits: small counts by adding up, as long as what is left of one can be told.
#[must_use]
pub(super) fn mid_p(law: &CountLaw, count: f64) -> f64 {
    let quick = if count <= SMALL && law.mean() > 0.0 { small_tail(law, count) } else { 0.0 };
    if quick > TELLABLE { quick } else { law.mid_p(count) }
}

/// Tails above this keep nine digits when they are one less a sum: its terms share the rounding of the mean, up to 1e-14.
const TELLABLE: f64 = 1e-5;

/// Tails nearer to a level than this are a tie.
const TIE: f64 = 1e-12;

/// The smallest count whose residual is at least `score`; NaN for a law without numbers.
#[must_use]
pub fn count_reaching(law: &CountLaw, score: f64) -> f64 {
    if score <= -MOST {
        return 0.0;
    }
    let tail = normal_tail(score.min(MOST));
    if let Some(count) = small_count_reaching(law, tail) {
        return count;
    }
    let count = law.quantile(1.0 - tail);
    // at the quantile P(Y > y) ≤ tail, but half of P(Y = y) may lift the mid-p value above it
    if law.mid_p(count) <= tail { count } else { count + 1.0 }
}

/// The smallest count whose mid-p value is at most `tail`, where it is small enough to be found by adding up.
fn small_count_reaching(law: &CountLaw, tail: f64) -> Option<f64> {
    if !(law.mean() > 0.0 && law.mean() <= SMALL && tail > TELLABLE) {
        return None;
    }
    let mut terms = Terms::of(law);
    let (mut below, mut count) = (0.0, 0.0);
    for reciprocal in RECIPROCALS {
        let left = 1.0 - below - 0.5 * terms.probability;
        if left <= tail + TIE {
            // a tie is for exact arithmetic
            return (tail - left > TIE).then_some(count);
        }
        below += terms.probability;
        terms.next(reciprocal);
        count += 1.0;
    }
    None
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

    /// The mid-p value from the probabilities of the larger counts, added up without a difference anywhere.
    fn added_up(law: &CountLaw, count: u32) -> f64 {
        let (first, next): (f64, Box<dyn Fn(f64) -> f64>) = match *law {
            CountLaw::Poisson { mean } => (-mean, Box::new(move |_| mean)),
            CountLaw::NegativeBinomial { size, mean } => {
                (-size * (mean / size).ln_1p(), Box::new(move |y| (y + size) * (mean / (mean + size))))
            }
        };
        let mut probability = first.exp();
        let mut tail = 0.0;
        for y in 0..20_000 {
            let share = if y > count { 1.0 } else { 0.5 * f64::from(u8::from(y == count)) };
            tail += share * probability;
            probability *= next(f64::from(y)) / f64::from(y + 1);
            if y > count && probability < 1e-18 * tail {
                break;
            }
        }
        tail
    }

    #[test]
    fn quick_p_values_and_bounds_are_the_exact_ones() {
        for size in [0.05, 0.8, 4.0, 900.0, 1e9] {
            for mean in [0.01, 0.3, 2.0, 7.5, 22.0] {
                for law in [CountLaw::NegativeBinomial { size, mean }, CountLaw::Poisson { mean }] {
                    for count in 0..40 {
                        let (quick, exact) = (mid_p(&law, f64::from(count)), added_up(&law, count));
                        assert!((quick - exact).abs() <= 1e-9 * exact, "{law:?} {count}: {quick} {exact}");
                    }
                    for step in -10..48 {
                        let score = f64::from(step) / 10.0;
                        let found = count_reaching(&law, score);
                        let tail = normal_tail(score);
                        let at = |count: f64| added_up(&law, count as u32);
                        assert!(at(found) <= tail * (1.0 + 1e-9), "{law:?} {score}: {found}");
                        assert!(found == 0.0 || at(found - 1.0) > tail * (1.0 - 1e-9), "{law:?} {score}: {found}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_quick_normal_quantile_has_six_digits() {
        for step in 1..20_000 {
            for p in [f64::from(step) / 20_000.0, 0.9_f64.powi(step.min(190)), 1.0 - 0.9_f64.powi(step.min(190))] {
                let (quick, slow) = (quick_normal_quantile(p), normal_quantile(p));
                assert!((quick - slow).abs() <= 1e-6 * slow.abs() + 1e-12, "{p}: {quick} {slow}");
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
