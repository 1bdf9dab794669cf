//! Special functions the methods share: normal, Student t, Poisson and negative binomial tails and quantiles.
//!
//! Arguments outside a law's domain give NaN, never a panic. Tails are computed directly, so small p-values keep their digits.

mod large;

use statrs::function::{beta::checked_beta_reg, erf, gamma};

/// Standard normal distribution function Φ(x).
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erf::erfc(-x / std::f64::consts::SQRT_2)
}

/// Standard normal upper tail 1 − Φ(x), accurate for large `x`.
#[must_use]
pub fn normal_tail(x: f64) -> f64 {
    0.5 * erf::erfc(x / std::f64::consts::SQRT_2)
}

/// Standard normal quantile Φ⁻¹(p); −∞ and ∞ at 0 and 1, NaN outside.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * p)
}

/// Upper tail P(T > x) of Student's t with `df` > 0 degrees of freedom (through the regularised incomplete beta function).
#[must_use]
pub fn student_tail(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x.is_infinite() {
        return if x > 0.0 { 0.0 } else { 1.0 };
    }
    let half = 0.5 * checked_beta_reg(df / 2.0, 0.5, df / (df + x * x)).unwrap_or(f64::NAN);
    if x >= 0.0 { half } else { 1.0 - half }
}

/// Quantile of Student's t: the x with P(T ≤ x) = p, by bisection on the tail to the last digit that matters (1e-14 relative).
#[must_use]
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && df > 0.0) {
        return f64::NAN;
    }
    if p < 0.5 {
        return -student_quantile(1.0 - p, df);
    }
    let (mut low, mut high) = (0.0, 1.0);
    while student_tail(high, df) > 1.0 - p && high < 1e300 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if student_tail(middle, df) > 1.0 - p {
            low = middle;
        } else {
            high = middle;
        }
        if high - low <= 1e-14 * high {
            break;
        }
    }
    0.5 * (low + high)
}

/// A law of a count: Poisson, or negative binomial by size and mean (variance = mean + mean²/size).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountLaw {
    /// Poisson with this mean ≥ 0.
    Poisson {
        /// The mean.
        mean: f64,
    },
    /// Negative binomial.
    NegativeBinomial {
        /// Size (shape) > 0; the smaller, the wider.
        size: f64,
        /// Mean ≥ 0.
        mean: f64,
    },
}

/// Means above this are judged through the normal approximation with a skewness term: exact sums would cost without changing a count.
const LARGE: f64 = 1e7;

impl CountLaw {
    /// The law with this mean and variance: negative binomial when the variance exceeds the mean, else Poisson.
    #[must_use]
    pub fn of_moments(mean: f64, variance: f64) -> Self {
        if variance > mean * (1.0 + 1e-12) && mean > 0.0 {
            Self::NegativeBinomial { size: mean * mean / (variance - mean), mean }
        } else {
            Self::Poisson { mean }
        }
    }

    /// Mean of the law.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Poisson { mean } | Self::NegativeBinomial { mean, .. } => mean,
        }
    }

    /// Variance of the law.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Poisson { mean } => mean,
            Self::NegativeBinomial { size, mean } => mean + mean * mean / size,
        }
    }

    /// P(Y ≤ y).
    #[must_use]
    pub fn cdf(&self, y: f64) -> f64 {
        self.tails(y).0
    }

    /// P(Y > y), computed as such (no cancellation).
    #[must_use]
    pub fn above(&self, y: f64) -> f64 {
        self.tails(y).1
    }

    /// P(Y ≥ y) for a whole number y.
    #[must_use]
    pub fn at_least(&self, y: f64) -> f64 {
        self.above(y - 1.0)
    }

    /// Mid-p value P(Y > y) + P(Y = y)/2 (Lancaster 1961): uniform on average under the law, so that many series can be compared.
    #[must_use]
    pub fn mid_p(&self, y: f64) -> f64 {
        0.5 * (self.above(y) + self.at_least(y))
    }

    /// Both tails (P(Y ≤ y), P(Y > y)); y is taken down to a whole number.
    fn tails(&self, y: f64) -> (f64, f64) {
        let (mean, y) = (self.mean(), y.floor());
        if !mean.is_finite() || mean < 0.0 || y.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        if y < 0.0 {
            return (0.0, 1.0);
        }
        if mean == 0.0 {
            return (1.0, 0.0);
        }
        if mean > LARGE {
            let z = (y + 0.5 - mean) / self.variance().sqrt();
            return (normal_cdf(z), normal_tail(z));
        }
        match *self {
            Self::Poisson { mean } => (
                gamma::checked_gamma_ur(y + 1.0, mean).unwrap_or(f64::NAN),
                gamma::checked_gamma_lr(y + 1.0, mean).unwrap_or(f64::NAN),
            ),
            Self::NegativeBinomial { size, mean } if large::size(size, mean) => large::tails(size, mean, y),
            Self::NegativeBinomial { size, mean } => {
                let (success, failure) = (size / (size + mean), mean / (size + mean));
                (
                    checked_beta_reg(size, y + 1.0, success).unwrap_or(f64::NAN),
                    checked_beta_reg(y + 1.0, size, failure).unwrap_or(f64::NAN),
                )
            }
        }
    }

    /// The smallest whole q with P(Y ≤ q) ≥ p·(1 − 64ε), the convention of R's `qpois` and `qnbinom`; NaN outside 0 ≤ p < 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let mean = self.mean();
        if !(0.0..1.0).contains(&p) || !mean.is_finite() || mean < 0.0 {
            return f64::NAN;
        }
        let target = p * (1.0 - 64.0 * f64::EPSILON);
        let reached = |q: f64| self.cdf(q) >= target;
        let sd = self.variance().sqrt();
        let skew = (2.0 * self.variance() / mean.max(1e-300) - 1.0) / sd.max(1e-300);
        let z = normal_quantile(p);
        let guess = (mean + sd * (z + skew * (z * z - 1.0) / 6.0)).round();
        let mut high = if guess.is_finite() { guess.max(0.0) } else { 0.0 };
        if high > 1e14 {
            return high; // neighbouring whole numbers are no longer told apart
        }
        let mut step = 1.0_f64;
        while !reached(high) {
            high += step;
            step *= 2.0;
            if high > 1e15 {
                return f64::NAN;
            }
        }
        // everything above `high` is reached; walk down in growing steps, then bisect
        let (mut low, mut step) = (high - 1.0, 1.0_f64);
        while low >= 0.0 && reached(low) {
            high = low;
            step *= 2.0;
            low -= step;
        }
        low = low.max(-1.0);
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0).floor();
            if reached(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

#[cfg(test)]
mod tests;
