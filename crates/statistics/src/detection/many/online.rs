//! False discoveries over days: levels for a stream of tests that never ends.

/// LOND (Javanmard & Montanari 2018, Ann Stat 46:526): level αₜ = γₜ·q·(1 + discoveries so far), Σγ = 1.
///
/// Keeps the false-discovery rate below `q` over the whole stream for independent (or positively dependent) p-values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lond {
    q: f64,
    tests: u64,
    discoveries: u64,
}

impl Lond {
    /// A new stream at rate `q`.
    #[must_use]
    pub fn new(q: f64) -> Self {
        Self { q, tests: 0, discoveries: 0 }
    }

    /// Level of the next test.
    #[must_use]
    pub fn level(&self) -> f64 {
        // γₜ = 6/π² · t⁻² sums to 1
        let t = (self.tests + 1) as f64;
        6.0 / std::f64::consts::PI.powi(2) / (t * t) * self.q * (1.0 + self.discoveries as f64)
    }

    /// Judges the next p-value; NaN uses no test.
    pub fn test(&mut self, pvalue: f64) -> bool {
        if pvalue.is_nan() {
            return false;
        }
        let found = pvalue <= self.level();
        self.tests += 1;
        self.discoveries += u64::from(found);
        found
    }
}
