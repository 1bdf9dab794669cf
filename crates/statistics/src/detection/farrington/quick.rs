//! The default mode's regression: one intercept per season level and a slope, solved through its arrow-shaped normal equations.
//!
//! Season levels are a one-way layout, so X'WX is a diagonal with one border. Its Cholesky factor is a handful of sums: an
//! iteration costs one pass over the rows and no matrix. A level without a case gets half a case (Jeffreys' prior for its mean),
//! so that every mean is finite; a slope that runs away is dropped.

use super::reweight::anscombe;

/// Most Newton steps.
const STEPS: usize = 40;
/// Largest change of a linear predictor in a step.
const LARGEST: f64 = 4.0;
/// Stop when no linear predictor changes more than this.
const STILL: f64 = 1e-9;

/// Rows of a baseline and everything the fit needs, kept between points so that nothing is allocated again.
#[derive(Debug, Clone, Default)]
pub(super) struct Workspace {
    y: Vec<f64>,
    time: Vec<f64>,
    offset: Vec<f64>,
    level: Vec<usize>,
    prior: Vec<f64>,
    mu: Vec<f64>,
    intercepts: Vec<f64>,
    sums: Vec<Sums>,
    slope: f64,
    schur: f64,
    warm: bool,
}

/// Per level: Σ weights, Σ weights × time, score, cases, rows, population.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    weight: f64,
    moment: f64,
    score: f64,
    cases: f64,
    rows: f64,
    exposure: f64,
}

/// One row of a baseline. Time in years before the monitored point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub y: f64,
    pub time: f64,
    pub offset: f64,
    pub level: usize,
}

/// What the fit says of the monitored point (time 0).
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitted {
    pub mean: f64,
    /// Dispersion, widened by its own uncertainty, at least 1.
    pub phi: f64,
    /// Relative standard error of the mean, dispersion included.
    pub relative: f64,
    /// Slope per year, if kept.
    pub slope: Option<f64>,
    /// p-value of the slope.
    slope_p: f64,
}

/// What to fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Level of the monitored point, from 0.
    pub level: usize,
    /// Log offset of the monitored point.
    pub offset: f64,
    /// Reweighting threshold.
    pub threshold: Option<f64>,
    /// Trend wanted, and the level of its test.
    pub trend: Option<f64>,
}

impl Workspace {
    /// Takes the rows of the next point.
    pub fn load(&mut self, rows: impl Iterator<Item = Row>, levels: usize) {
        self.y.clear();
        self.time.clear();
        self.offset.clear();
        self.level.clear();
        for row in rows {
            self.y.push(row.y);
            self.time.push(row.time);
            self.offset.push(row.offset);
            self.level.push(row.level);
        }
        self.mu.resize(self.y.len(), 0.0);
        self.prior.resize(self.y.len(), 1.0);
        self.sums.clear();
        self.sums.resize(levels, Sums::default());
        if self.intercepts.len() != levels {
            self.intercepts.clear();
            self.intercepts.resize(levels, 0.0);
            self.warm = false;
        }
        self.share_half_cases();
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Gives each level without a case half a case, spread over its rows; notes where a cold start begins.
    fn share_half_cases(&mut self) {
        for ((level, y), offset) in self.level.iter().zip(&self.y).zip(&self.offset) {
            if let Some(sum) = self.sums.get_mut(*level) {
                sum.cases += y;
                sum.rows += 1.0;
                sum.exposure += offset.exp();
            }
        }
        for (y, level) in self.y.iter_mut().zip(&self.level) {
            match self.sums.get(*level) {
                Some(sum) if sum.cases == 0.0 => *y = 0.5 / sum.rows,
                _ => {}
            }
        }
        let warm = self.warm;
        for (intercept, sum) in self.intercepts.iter_mut().zip(&self.sums) {
            let start = (sum.cases.max(0.5) / sum.exposure).ln();
            if !warm || !intercept.is_finite() || (*intercept - start).abs() > LARGEST {
                *intercept = if start.is_finite() { start } else { 0.0 };
            }
        }
        if !warm || !self.slope.is_finite() {
            self.slope = 0.0;
        }
    }

    /// Fits with the trend if wanted, keeps it if the rule says so, else fits without.
    pub fn fit(&mut self, wanted: &Wanted) -> Fitted {
        let highest = self.y.iter().copied().fold(0.0, f64::max);
        if let Some(level) = wanted.trend {
            let with = self.reweighted(wanted, true);
            if let Some(with) = with.filter(|with| with.slope_p < level && with.mean <= highest) {
                return with;
            }
        }
        self.slope = 0.0;
        self.reweighted(wanted, false).unwrap_or(Fitted {
            mean: f64::NAN,
            phi: f64::NAN,
            relative: f64::NAN,
            slope: None,
            slope_p: f64::NAN,
        })
    }

    /// Fit, reweight, fit again.
    fn reweighted(&mut self, wanted: &Wanted, trend: bool) -> Option<Fitted> {
        self.prior.fill(1.0);
        self.newton(trend)?;
        if let Some(threshold) = wanted.threshold {
            let phi = self.dispersion(trend).max(1.0);
            self.reweight(phi, threshold);
            self.newton(trend)?;
        }
        self.warm = true;
        Some(self.at_now(wanted, trend))
    }

    /// Newton's method on the likelihood; `None` when it does not settle.
    fn newton(&mut self, trend: bool) -> Option<()> {
        for _ in 0..STEPS {
            let (score, curvature) = self.pass();
            let (mut border, mut rest) = (score, curvature);
            for sum in self.sums.iter().filter(|sum| sum.weight > 0.0) {
                border -= sum.moment * sum.score / sum.weight;
                rest -= sum.moment * sum.moment / sum.weight;
            }
            self.schur = rest;
            if trend && (rest.is_nan() || rest <= 1e-12 * curvature) {
                return None;
            }
            let step = if trend { (border / rest).clamp(-LARGEST, LARGEST) } else { 0.0 };
            self.slope += step;
            let mut change = step.abs();
            for (intercept, sum) in self.intercepts.iter_mut().zip(&self.sums).filter(|(_, sum)| sum.weight > 0.0) {
                let step = ((sum.score - sum.moment * step) / sum.weight).clamp(-LARGEST, LARGEST);
                *intercept += step;
                change = change.max(step.abs());
            }
            if self.slope.abs() > 50.0 {
                return None;
            }
            if change < STILL {
                return Some(());
            }
        }
        None
    }

    /// Means and sums at the present coefficients; gives score and curvature of the slope.
    fn pass(&mut self) -> (f64, f64) {
        for sum in &mut self.sums {
            (sum.weight, sum.moment, sum.score) = (0.0, 0.0, 0.0);
        }
        let (mut score, mut curvature) = (0.0, 0.0);
        let rows = self.y.iter().zip(&self.time).zip(&self.offset).zip(&self.level).zip(&self.prior).zip(&mut self.mu);
        for (((((y, time), offset), level), prior), mu) in rows {
            let intercept = self.intercepts.get(*level).copied().unwrap_or(0.0);
            *mu = (intercept + self.slope * time + offset).min(700.0).exp().max(f64::MIN_POSITIVE);
            let (weight, residual) = (prior * *mu, prior * (y - *mu));
            score += residual * time;
            curvature += weight * time * time;
            if let Some(sum) = self.sums.get_mut(*level) {
                sum.weight += weight;
                sum.moment += weight * time;
                sum.score += residual;
            }
        }
        (score, curvature)
    }

    /// Pearson dispersion, not clamped.
    fn dispersion(&self, trend: bool) -> f64 {
        let pearson: f64 =
            self.y.iter().zip(&self.mu).zip(&self.prior).map(|((y, mu), prior)| prior * (y - mu).powi(2) / mu).sum();
        pearson / self.residual_df(trend)
    }

    /// Rows less coefficients, at least 1.
    fn residual_df(&self, trend: bool) -> f64 {
        let levels = self.sums.iter().filter(|sum| sum.rows > 0.0).count();
        (self.y.len() as f64 - levels as f64 - f64::from(u8::from(trend))).max(1.0)
    }

    /// Weights of past outbreaks from scaled Anscombe residuals, summing to n.
    fn reweight(&mut self, phi: f64, threshold: f64) {
        let mut total = 0.0;
        let rows = self.y.iter().zip(&self.mu).zip(&self.time).zip(&self.level).zip(&mut self.prior);
        for ((((y, mu), time), level), prior) in rows {
            let sum = self.sums.get(*level).copied().unwrap_or_default();
            let away = time - sum.moment / sum.weight;
            let leverage = mu * (1.0 / sum.weight + if self.slope == 0.0 { 0.0 } else { away * away / self.schur });
            let s = anscombe(*y, *mu) / (phi * (1.0 - leverage).max(1e-6)).sqrt();
            *prior = if s > threshold { s.powi(-2) } else { 1.0 };
            total += *prior;
        }
        let scale = self.y.len() as f64 / total;
        self.prior.iter_mut().for_each(|prior| *prior *= scale);
    }

    /// The monitored point.
    fn at_now(&self, wanted: &Wanted, trend: bool) -> Fitted {
        let sum = self.sums.get(wanted.level).copied().unwrap_or_default();
        let raw = self.dispersion(trend);
        let df = self.residual_df(trend);
        // the estimate's own uncertainty: as Student's t widens the normal law
        let phi = (raw * (df + 1.0) / (df - 1.0).max(1.0)).max(1.0);
        let mut variance = 1.0 / sum.weight;
        if trend {
            variance += (sum.moment / sum.weight).powi(2) / self.schur;
        }
        let t = self.slope.abs() / (raw / self.schur).sqrt();
        let slope_p = 2.0 * crate::distributions::student_tail(t, df);
        Fitted {
            mean: (self.intercepts.get(wanted.level).copied().unwrap_or(f64::NAN) + wanted.offset).exp(),
            phi,
            relative: (phi * variance).sqrt(),
            slope: trend.then_some(self.slope),
            slope_p: if trend { slope_p } else { f64::NAN },
        }
    }
}
