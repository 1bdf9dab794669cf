//! Negative-binomial tails for large sizes, where the incomplete beta function loses its digits: it is the difference of logarithms
//! of gamma functions that grow with the size.
//!
//! Source: Loader 2000, "Fast and accurate computation of binomial probabilities": one probability from terms that do not cancel;
//! the tail is added up from there.

use statrs::function::gamma::ln_gamma;

/// Half the logarithm of 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_7;

/// Whether the size is one of these.
pub(super) fn size(size: f64, mean: f64) -> bool {
    size > 1e5 || (size > 1e4 && mean > 1e4)
}

/// Both tails (P(Y ≤ y), P(Y > y)) for a whole number y ≥ 0 and a mean above 0: the smaller one is added up, the other is the rest.
pub(super) fn tails(size: f64, mean: f64, y: f64) -> (f64, f64) {
    let failure = mean / (mean + size);
    if y >= mean {
        let above = added(probability(size, mean, y + 1.0), y + 1.0, |at| (at + size) * failure / (at + 1.0), 1.0);
        return (1.0 - above, above);
    }
    let below = added(probability(size, mean, y), y, |at| at / ((at - 1.0 + size) * failure), -1.0);
    (below, 1.0 - below)
}

/// The sum of probabilities that begin at a number and change by a ratio at each step; they fall from the first on.
fn added(first: f64, from: f64, ratio: impl Fn(f64) -> f64, step: f64) -> f64 {
    let (mut sum, mut term, mut at) = (0.0, first, from);
    while at >= 0.0 && term > 1e-18 * sum {
        sum += term;
        term *= ratio(at);
        at += step;
    }
    sum
}

/// P(Y = y).
fn probability(size: f64, mean: f64, y: f64) -> f64 {
    if y == 0.0 {
        return (-size * (mean / size).ln_1p()).exp();
    }
    let all = size + y;
    let deviance = size * gap((y - mean) / (size + mean)) + y * gap(size * (mean - y) / (y * (size + mean)));
    let logarithm =
        remainder(all) - remainder(size) - remainder(y) - deviance - HALF_LN_TAU + 0.5 * (size / (y * all)).ln();
    logarithm.exp()
}

/// d − ln(1 + d).
fn gap(d: f64) -> f64 {
    if d.abs() > 0.05 {
        return d - d.ln_1p();
    }
    // d²/2 − d³/3 + d⁴/4 − …, twelve terms
    let series = (2..=13).rev().fold(0.0, |sum, n| 1.0 / f64::from(n) - d * sum);
    d * d * series
}

/// ln y! less Stirling's first terms (y + 1/2)·ln y − y + ln √2π.
fn remainder(y: f64) -> f64 {
    if y < 16.0 {
        return ln_gamma(y + 1.0) - (y + 0.5) * y.ln() + y - HALF_LN_TAU;
    }
    let square = y * y;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * square)) / square) / square) / y
}

#[cfg(test)]
mod tests {
    //! Against fifty digits.

    use super::super::CountLaw;

    #[test]
    fn tails_of_large_sizes_keep_ten_digits() {
        // mpmath 1.3, probabilities added up with 50 digits
        for (size, mean, y, below, above) in CASES {
            let law = CountLaw::NegativeBinomial { size, mean };
            assert!((law.cdf(y) - below).abs() <= 1e-10 * below, "{law:?} {y}: {}", law.cdf(y));
            assert!((law.above(y) - above).abs() <= 1e-10 * above, "{law:?} {y}: {}", law.above(y));
        }
    }

    const CASES: [(f64, f64, f64, f64, f64); 14] = [
        (1000000000.0, 0.01, 2.0, 0.9999998345783467, 1.654216533000375e-07),
        (1000000000.0, 0.01, 0.0, 0.9900498337492175, 0.009950166250782443),
        (1000000000000.0, 0.3, 3.0, 0.9997341888099769, 0.00026581119002308984),
        (1000000.0, 2.0, 9.0, 0.9999535005883247, 4.6499411675339356e-05),
        (1000000.0, 2.0, 1.0, 0.4060061203801339, 0.5939938796198662),
        (10000000.0, 22.0, 40.0, 0.9998129108796929, 0.00018708912030705478),
        (10000000.0, 22.0, 21.0, 0.4716420716702636, 0.5283579283297364),
        (10000000.0, 22.0, 3.0, 5.68968855039396e-07, 0.999999431031145),
        (1000000000000.0, 150.0, 190.0, 0.999277914742104, 0.0007220852578959919),
        (1000000000.0, 3000.0, 3200.0, 0.9998549238482761, 0.00014507615172386018),
        (200000.0, 3000.0, 2800.0, 0.00012908091385602794, 0.999870919086144),
        (100001.0, 100000.0, 101000.0, 0.9872169015160626, 0.012783098483937433),
        (100001.0, 100000.0, 98500.0, 0.00038337141044822643, 0.9996166285895518),
        (20000.0, 20000.0, 20700.0, 0.9997443892893474, 0.0002556107106526265),
    ];
}
