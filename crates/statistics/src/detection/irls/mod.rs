//! Log-linear (quasi-)Poisson regression by iteratively reweighted least squares, started and stopped as R's `glm.fit` does.
//!
//! Source: McCullagh & Nelder 1989, §2.5; the start (y + 0.1), the stop (relative deviance 1e-8, 25 iterations) and the rank
//! rule (LINPACK's limited column pivoting at 1e-11) are those of R, because where counts are zero the answer depends on them.

mod qr;

pub(super) use qr::Factor;

/// Floor of fitted means: the least that `exp` is allowed to give (double epsilon, as R's log link has it).
const MU_FLOOR: f64 = f64::EPSILON;
/// Most iterations.
const ITERATIONS: usize = 25;
/// Stop when the deviance changes relatively less than this.
const TOLERANCE: f64 = 1e-8;

/// The mean of a linear predictor, never below the floor.
pub(super) fn mean_of(eta: f64) -> f64 {
    eta.exp().max(MU_FLOOR)
}

/// A regression: columns of the design, response, log offset and prior weights, all of one length.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// Columns, the first the intercept.
    pub columns: Vec<Vec<f64>>,
    /// Counts.
    pub y: Vec<f64>,
    /// Log offset.
    pub offset: Vec<f64>,
    /// Prior weights.
    pub prior: Vec<f64>,
}

/// A fitted regression in the state in which the last iteration left it.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// Coefficients in column order; aliased ones are NaN.
    pub coefficients: Vec<f64>,
    /// Fitted means after the last update.
    pub mu: Vec<f64>,
    /// Working weights of the last weighted design (before the last update of the means).
    pub working: Vec<f64>,
    /// Factor of the last weighted design.
    pub factor: Factor,
    /// Whether the deviance settled.
    pub converged: bool,
}

impl Design {
    /// Fits; `None` when the means leave the finite numbers at the first step.
    pub fn fit(&self) -> Option<Fit> {
        let mut mu: Vec<f64> = self.y.iter().map(|y| y + 0.1).collect();
        let mut eta: Vec<f64> = mu.iter().map(|mu| mu.ln()).collect();
        let mut deviance = self.deviance(&mu);
        let mut best: Option<Fit> = None;
        let mut previous: Option<Vec<f64>> = None;
        for _ in 0..ITERATIONS {
            let working: Vec<f64> = self.prior.iter().zip(&mu).map(|(prior, mu)| prior * mu).collect();
            let target: Vec<f64> = eta
                .iter()
                .zip(&self.offset)
                .zip(self.y.iter().zip(&mu))
                .map(|((eta, offset), (y, mu))| eta - offset + (y - mu) / mu)
                .collect();
            let factor = Factor::weighted(&self.columns, &working);
            let mut coefficients = factor.solve(&working, &target);
            let mut step = self.means(&coefficients);
            let mut now = self.deviance(&step.1);
            for _ in 0..ITERATIONS {
                if now.is_finite() {
                    break;
                }
                let earlier = previous.as_ref()?;
                for (new, old) in coefficients.iter_mut().zip(earlier) {
                    *new = 0.5 * (*new + old);
                }
                step = self.means(&coefficients);
                now = self.deviance(&step.1);
            }
            if !now.is_finite() {
                return None;
            }
            (eta, mu) = step;
            let converged = (now - deviance).abs() / (0.1 + now.abs()) < TOLERANCE;
            deviance = now;
            best = Some(Fit { coefficients: coefficients.clone(), mu: mu.clone(), working, factor, converged });
            if converged {
                break;
            }
            previous = Some(coefficients);
        }
        best
    }

    /// Linear predictor and means for coefficients; aliased columns count nothing.
    fn means(&self, coefficients: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut eta = self.offset.clone();
        for (column, coefficient) in self.columns.iter().zip(coefficients).filter(|(_, c)| !c.is_nan()) {
            for (slot, x) in eta.iter_mut().zip(column) {
                *slot += coefficient * x;
            }
        }
        let mu = eta.iter().map(|eta| mean_of(*eta)).collect();
        (eta, mu)
    }

    /// Poisson deviance with prior weights; infinite when a mean is.
    fn deviance(&self, mu: &[f64]) -> f64 {
        let unit = |y: f64, mu: f64| if y > 0.0 { y * (y / mu).ln() - (y - mu) } else { mu };
        let sum: f64 = self.y.iter().zip(mu).zip(&self.prior).map(|((y, mu), prior)| prior * unit(*y, *mu)).sum();
        2.0 * sum
    }

    /// Observations less estimated coefficients.
    pub fn residual_df(&self, fit: &Fit) -> f64 {
        self.prior.iter().filter(|prior| **prior > 0.0).count() as f64 - fit.factor.rank() as f64
    }

    /// Σ weightᵢ·rᵢ² / df with working residuals rᵢ = (yᵢ − μᵢ)/μᵢ: the Pearson dispersion for the working weights.
    pub fn dispersion(&self, fit: &Fit, weights: &[f64]) -> f64 {
        let sum: f64 = self
            .y
            .iter()
            .zip(&fit.mu)
            .zip(weights)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|((y, mu), weight)| weight * ((y - mu) / mu).powi(2))
            .sum();
        sum / self.residual_df(fit)
    }

    /// Leverages of the last weighted design.
    pub fn leverages(&self, fit: &Fit) -> Vec<f64> {
        (0..self.y.len())
            .zip(&fit.working)
            .map(|(row, weight)| {
                let x: Vec<f64> = self.columns.iter().map(|c| c.get(row).copied().unwrap_or(0.0)).collect();
                let h = weight * fit.factor.quadratic(&x);
                if h > 1.0 - 10.0 * f64::EPSILON { 1.0 } else { h }
            })
            .collect()
    }
}

impl Fit {
    /// x'β over the estimable columns.
    pub fn predict(&self, x: &[f64]) -> f64 {
        self.coefficients.iter().zip(x).filter(|(c, _)| !c.is_nan()).map(|(c, x)| c * x).sum()
    }
}

#[cfg(test)]
mod tests;
