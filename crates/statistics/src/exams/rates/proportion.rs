//! Rates over the full mark, each with its count and interval.

use crate::exams::standard::normal_quantile;

/// Cuts as parts of the full mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// 优秀: from this part of the full mark; 0.85 by custom.
    pub excellent: f64,
    /// 及格: from this part; 0.6 by custom.
    pub pass: f64,
    /// 低分: below this part; 0.4 by custom.
    pub low: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { excellent: 0.85, pass: 0.6, low: 0.4 }
    }
}

/// A count out of `of`, with Wilson's 95 % interval (Wilson 1927, without continuity correction).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// Pupils counted.
    pub count: usize,
    /// Denominator.
    pub of: usize,
}

impl Proportion {
    /// count ÷ of; `None` over nobody.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// Wilson's 95 % interval; `None` over nobody.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        let (p, n) = (self.rate()?, self.of as f64);
        let z = normal_quantile(0.975);
        let square = z * z / n;
        let centre = p + square / 2.0;
        let half = z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
        Some((((centre - half) / (1.0 + square)).max(0.0), ((centre + half) / (1.0 + square)).min(1.0)))
    }
}

/// 一分三率 of the pupils with a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Pupils with a score.
    pub n: usize,
    /// 平均分; `None` over nobody.
    pub mean: Option<f64>,
    /// 优秀率.
    pub excellent: Proportion,
    /// 及格率.
    pub pass: Proportion,
    /// 低分率.
    pub low: Proportion,
}

/// 一分三率 of `scores` on a paper with this full mark; absent pupils are not among the scores.
#[must_use]
pub fn rates(scores: &[f64], full: f64, thresholds: Thresholds) -> Rates {
    let of = scores.len();
    // A product such as 0.85 × 120 must not lose pupils who stand exactly on the cut.
    let tolerance = 1e-9 * full.abs();
    let from = |part: f64| Proportion { count: scores.iter().filter(|x| **x >= part * full - tolerance).count(), of };
    let reached_low = from(thresholds.low).count;
    Rates {
        n: of,
        mean: (of > 0).then(|| scores.iter().sum::<f64>() / of as f64),
        excellent: from(thresholds.excellent),
        pass: from(thresholds.pass),
        low: Proportion { count: of - reached_low, of },
    }
}

/// 超均率: (mean − reference mean) ÷ reference mean; `None` when the reference is not positive.
#[must_use]
pub fn above_mean_rate(mean: f64, reference: f64) -> Option<f64> {
    (reference > 0.0).then(|| (mean - reference) / reference)
}
