//! Equally spaced quadrature nodes with normal weights normalised to one.

use crate::exams::Error;

/// Nodes on [−limit, limit].
#[derive(Debug, Clone, PartialEq)]
pub struct Nodes {
    /// θ, ascending.
    pub points: Vec<f64>,
}

impl Nodes {
    /// `count` nodes (61 by custom) on [−limit, limit] (6 by custom).
    ///
    /// # Errors
    /// [`Error::Parameter`] unless 5 ≤ count ≤ 2001 and 1 ≤ limit ≤ 40.
    pub fn new(count: usize, limit: f64) -> Result<Self, Error> {
        if !(5..=2001).contains(&count) {
            return Err(Error::Parameter { name: "nodes", value: count as f64, reason: "from 5 to 2001" });
        }
        if !(1.0..=40.0).contains(&limit) {
            return Err(Error::Parameter { name: "limit", value: limit, reason: "from 1 to 40" });
        }
        let step = 2.0 * limit / (count - 1) as f64;
        Ok(Self { points: (0..count).map(|node| step.mul_add(node as f64, -limit)).collect() })
    }

    /// Log weights of N(`mean`, `variance`) on the nodes, normalised.
    #[must_use]
    pub fn log_weights(&self, mean: f64, variance: f64) -> Vec<f64> {
        let exponents: Vec<f64> = self.points.iter().map(|point| -(point - mean).powi(2) / (2.0 * variance)).collect();
        let largest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let log_sum = exponents.iter().map(|value| (value - largest).exp()).sum::<f64>().ln() + largest;
        exponents.iter().map(|value| value - log_sum).collect()
    }

    /// The variance whose normalised weights have second moment `target`: the maximiser of Σ n_q log w_q(σ²).
    ///
    /// With η = −1/(2σ²) the weights are an exponential family in θ², so Newton in η converges; `None` at the boundary.
    #[must_use]
    pub fn variance_for(&self, target: f64) -> Option<f64> {
        let mut variance = target;
        for _ in 0..100 {
            let (mut second, mut fourth) = (0.0, 0.0);
            for (point, weight) in self.points.iter().zip(self.log_weights(0.0, variance)) {
                let square = point * point;
                second += weight.exp() * square;
                fourth += weight.exp() * square * square;
            }
            let spread = fourth - second * second;
            let eta = -0.5 / variance + (target - second) / spread;
            if !(eta < 0.0 && eta.is_finite()) {
                return None;
            }
            let next = -0.5 / eta;
            if (next - variance).abs() <= 1e-14 * variance {
                return Some(next);
            }
            variance = next;
        }
        Some(variance)
    }
}
