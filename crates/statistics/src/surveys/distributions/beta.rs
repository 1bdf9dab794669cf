//! The beta law and what follows from it: binomial, F and Student tails.

use super::normal_quantile;
use libm::lgamma as ln_gamma;
use std::f64::consts::PI;

/// A beta law with its normalising factor computed once, so that many evaluations are cheap.
#[derive(Debug, Clone, Copy)]
pub struct BetaLaw {
    a: f64,
    b: f64,
    /// Logarithm of √(ab(a+b) / 2π) with Stirling's errors.
    front: f64,
}

impl BetaLaw {
    /// Beta(a, b); `None` unless both shapes are positive and finite.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Option<Self> {
        if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) {
            return None;
        }
        let errors = stirling_error(a + b) - stirling_error(a) - stirling_error(b);
        Some(Self { a, b, front: 0.5 * (a * b / (a + b) / (2.0 * PI)).ln() + errors })
    }

    /// x^a (1−x)^b / B(a, b), by deviances (Loader 2000), so that large shapes lose no digits.
    fn kernel(&self, x: f64) -> f64 {
        let total = self.a + self.b;
        (self.front - deviance(self.a, total * x) - deviance(self.b, total * (1.0 - x))).exp()
    }

    /// P(X ≤ x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// P(X > x), without cancellation.
    #[must_use]
    pub fn sf(&self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// Lower and upper tail at `x`; the smaller one is exact to machine precision.
    fn tails(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        if x >= 1.0 {
            return (1.0, 0.0);
        }
        self.inner_tails(x, self.kernel(x))
    }

    fn inner_tails(&self, x: f64, kernel: f64) -> (f64, f64) {
        if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            let lower = kernel * continued_fraction(self.a, self.b, x) / self.a;
            (lower, 1.0 - lower)
        } else {
            let upper = kernel * continued_fraction(self.b, self.a, 1.0 - x) / self.b;
            (1.0 - upper, upper)
        }
    }

    /// The value below which probability `p` lies: Halley steps from the start of Abramowitz & Stegun 26.5.22, kept in a
    /// shrinking bracket.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || p <= 0.0 || p >= 1.0 {
            return if p.is_nan() { p } else { p.clamp(0.0, 1.0) };
        }
        let (mut low, mut high) = (0.0, 1.0);
        let mut x = self.start(p);
        for _ in 0..100 {
            let kernel = self.kernel(x);
            let (lower, upper) = self.inner_tails(x, kernel);
            let excess = if p < 0.5 { lower - p } else { (1.0 - p) - upper };
            if excess > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let newton = excess * x * (1.0 - x) / kernel;
            let bend = (self.a - 1.0) / x - (self.b - 1.0) / (1.0 - x);
            let mut next = x - newton / (1.0 - (0.5 * newton * bend).clamp(-0.9, 0.9));
            // A step too small to move lands on the bound that x itself has just become: that is the end, not a way out.
            if !(next >= low && next <= high && next > 0.0 && next < 1.0) {
                next = 0.5 * (low + high);
            }
            let moved = (next - x).abs();
            x = next;
            // Convergence is cubic: what is left after so small a step is below rounding.
            if moved <= 1e-6 * x.min(1.0 - x) {
                break;
            }
        }
        x
    }

    fn start(&self, p: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        if a > 1.0 && b > 1.0 {
            let y = -normal_quantile(p);
            let lambda = (y * y - 3.0) / 6.0;
            let (u, v) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
            let h = 2.0 / (u + v);
            let w = y * (h + lambda).max(0.0).sqrt() / h - (v - u) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
            return (a / (a + b * (2.0 * w).exp())).clamp(1e-300, 1.0 - 1e-16);
        }
        let (left, right) = ((a * (a / (a + b)).ln()).exp() / a, (b * (b / (a + b)).ln()).exp() / b);
        let share = left / (left + right);
        let x = if p < share { (p / share).powf(1.0 / a) } else { 1.0 - ((1.0 - p) / (1.0 - share)).powf(1.0 / b) };
        (if p < share { x * a / (a + b) } else { 1.0 - (1.0 - x) * b / (a + b) }).clamp(1e-300, 1.0 - 1e-16)
    }
}

/// P(X ≤ x) for a binomial count of `n` trials with probability `p`.
#[must_use]
pub fn binomial_cdf(x: f64, n: f64, p: f64) -> f64 {
    if x < 0.0 {
        return 0.0;
    }
    BetaLaw::new(x + 1.0, n - x).map_or(1.0, |law| law.sf(p))
}

/// Quantile of the F law with `d1` and `d2` degrees of freedom; NaN when either is not positive.
#[must_use]
pub fn f_quantile(p: f64, d1: f64, d2: f64) -> f64 {
    let Some(law) = BetaLaw::new(0.5 * d1, 0.5 * d2) else { return f64::NAN };
    let x = law.quantile(p);
    d2 * x / (d1 * (1.0 - x))
}

/// Two-sided p-value of Student's t with `df` degrees of freedom.
#[must_use]
pub fn student_p_two_sided(t: f64, df: f64) -> f64 {
    BetaLaw::new(0.5 * df, 0.5).map_or(f64::NAN, |law| law.cdf(df / (df + t * t)))
}

/// Quantile of Student's t for `p` ≥ ½ with `df` degrees of freedom.
#[must_use]
pub fn student_quantile(p: f64, df: f64) -> f64 {
    let Some(law) = BetaLaw::new(0.5, 0.5 * df) else { return f64::NAN };
    let x = law.quantile(2.0 * p - 1.0);
    (df * x / (1.0 - x)).sqrt()
}

/// ln Γ(n+1) − (n+½) ln n + n − ½ ln 2π.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n - 0.5 * (2.0 * PI).ln();
    }
    let square = 1.0 / (n * n);
    let tail = 1.0 / 1260.0 - square * (1.0 / 1680.0 - square * (1.0 / 1188.0 - square * 691.0 / 360_360.0));
    (1.0 / 12.0 - square * (1.0 / 360.0 - square * tail)) / n
}

/// x ln(x/m) + m − x, by its series where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if difference.abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() - difference;
    }
    let v = difference / (x + m);
    let square = v * v;
    let mut term = 2.0 * x * v;
    let mut sum = difference * v;
    for j in 1..100 {
        term *= square;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    let mut m = 1.0;
    while m < 100_000.0 {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 3e-16 {
            break;
        }
        m += 1.0;
    }
    fraction
}
