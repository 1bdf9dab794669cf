//! Item response models: category probabilities and their derivatives in the parameters and in θ.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: buffers are sized from the item's categories at entry")]

/// A response model. Right/wrong items: [`Model::Rasch`], [`Model::TwoPl`], [`Model::ThreePl`]; marks 0..m: the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Slope 1, latent variance free (Rasch 1960).
    Rasch,
    /// logit P = aθ + d (Birnbaum 1968).
    TwoPl,
    /// P = g + (1 − g) logistic(aθ + d), logit g with a normal prior (Birnbaum 1968).
    ThreePl,
    /// P(k) ∝ exp(kθ + d_k), latent variance free (Masters 1982).
    Pcm,
    /// P(k) ∝ exp(akθ + d_k) (Muraki 1992).
    Gpcm,
    /// P(X ≥ k) = logistic(aθ + d_k) (Samejima 1969).
    Graded,
}

impl Model {
    /// Name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rasch => "rasch",
            Self::TwoPl => "2pl",
            Self::ThreePl => "3pl",
            Self::Pcm => "pcm",
            Self::Gpcm => "gpcm",
            Self::Graded => "graded",
        }
    }

    /// Whether the slope is fixed at 1 and the latent variance estimated in its place.
    #[must_use]
    pub fn slope_fixed(self) -> bool {
        matches!(self, Self::Rasch | Self::Pcm)
    }

    /// Whether it is for right/wrong items only.
    #[must_use]
    pub fn dichotomous(self) -> bool {
        matches!(self, Self::Rasch | Self::TwoPl | Self::ThreePl)
    }

    /// Whether log P(k) − log P(0) is linear in θ, so that a pattern's likelihood rests on two sums.
    pub(super) fn linear(self) -> bool {
        !matches!(self, Self::ThreePl | Self::Graded)
    }
}

/// An item with its estimated parameters: a where the slope is free, then d_1..d_m, then logit g in the 3PL.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Model.
    pub model: Model,
    /// Categories, m + 1.
    pub categories: usize,
    /// Free parameters in the order above.
    pub parameters: Vec<f64>,
}

/// log(1 / (1 + e^−z)) without overflow.
fn log_logistic(z: f64) -> f64 {
    if z > 0.0 { -(-z).exp().ln_1p() } else { z - z.exp().ln_1p() }
}

pub(super) fn logistic(z: f64) -> f64 {
    if z >= 0.0 { 1.0 / (1.0 + (-z).exp()) } else { z.exp() / (1.0 + z.exp()) }
}

impl Item {
    /// Slope a, 1 where fixed.
    #[must_use]
    pub fn slope(&self) -> f64 {
        if self.model.slope_fixed() { 1.0 } else { self.parameters.first().copied().unwrap_or(1.0) }
    }

    /// Intercepts d_1..d_m.
    #[must_use]
    pub fn intercepts(&self) -> &[f64] {
        let start = usize::from(!self.model.slope_fixed());
        self.parameters.get(start..start + self.categories - 1).unwrap_or(&[])
    }

    /// Lower asymptote g, 0 outside the 3PL.
    #[must_use]
    pub fn guessing(&self) -> f64 {
        if self.model == Model::ThreePl { self.parameters.get(2).map_or(0.0, |logit| logistic(*logit)) } else { 0.0 }
    }

    /// Step difficulties (PCM, GPCM: b_k = (d_{k−1} − d_k)/a) or category boundaries (−d_k/a).
    #[must_use]
    pub fn difficulties(&self) -> Vec<f64> {
        let slope = self.slope();
        let mut before = 0.0;
        let cumulative = matches!(self.model, Model::Pcm | Model::Gpcm);
        let step = |d: &f64| {
            let difficulty = (before - d) / slope;
            before = if cumulative { *d } else { 0.0 };
            difficulty
        };
        self.intercepts().iter().map(step).collect()
    }

    /// Log probabilities of the categories at `theta` into `out` (length `categories`).
    pub fn log_probabilities(&self, theta: f64, out: &mut [f64]) {
        let (slope, intercepts) = (self.slope(), self.intercepts());
        match self.model {
            Model::ThreePl => {
                let z = slope * theta + intercepts[0];
                let logit = self.parameters[2];
                let guessing = logistic(logit);
                out[0] = log_logistic(-logit) + log_logistic(-z);
                out[1] = (guessing + (1.0 - guessing) * logistic(z)).ln();
            }
            Model::Graded => {
                let last = intercepts.len();
                for (category, value) in out.iter_mut().enumerate() {
                    let above = (category > 0).then(|| slope * theta + intercepts[category - 1]);
                    let next = (category < last).then(|| slope * theta + intercepts[category]);
                    let gap = if let (Some(above), Some(next)) = (above, next) {
                        (-(next - above).exp()).ln_1p()
                    } else {
                        0.0
                    };
                    *value = above.map_or(0.0, log_logistic) + next.map_or(0.0, |next| log_logistic(-next)) + gap;
                }
            }
            Model::Rasch | Model::TwoPl | Model::Pcm | Model::Gpcm => {
                out[0] = 0.0;
                let mut largest = 0.0_f64;
                for (category, d) in intercepts.iter().enumerate() {
                    out[category + 1] = slope * (category + 1) as f64 * theta + d;
                    largest = largest.max(out[category + 1]);
                }
                let log_sum = largest + out.iter().map(|value| (value - largest).exp()).sum::<f64>().ln();
                out.iter_mut().for_each(|value| *value -= log_sum);
            }
        }
    }

    /// ∂ log P(k) / ∂ parameter at `theta` into `out`, category-major, from `log_p` of [`Item::log_probabilities`].
    pub fn parameter_scores(&self, theta: f64, log_p: &[f64], out: &mut [f64]) {
        let count = self.parameters.len();
        match self.model {
            Model::ThreePl => {
                let right = logistic(self.slope() * theta + self.parameters[1]);
                let guessing = self.guessing();
                let p = log_p[1].exp();
                let slope = (1.0 - guessing) * right * (1.0 - right) / p;
                out[..3].copy_from_slice(&[-right * theta, -right, -guessing]);
                out[3..6].copy_from_slice(&[slope * theta, slope, (1.0 - right) * guessing * (1.0 - guessing) / p]);
            }
            Model::Graded => {
                let (slope, intercepts) = (self.slope(), self.intercepts());
                let last = intercepts.len();
                out.fill(0.0);
                for category in 0..=last {
                    let row = &mut out[category * count..(category + 1) * count];
                    let p = log_p[category].exp().max(f64::MIN_POSITIVE);
                    if category > 0 {
                        let s = logistic(slope * theta + intercepts[category - 1]);
                        row[0] += theta * s * (1.0 - s) / p;
                        row[category] += s * (1.0 - s) / p;
                    }
                    if category < last {
                        let s = logistic(slope * theta + intercepts[category]);
                        row[0] -= theta * s * (1.0 - s) / p;
                        row[category + 1] -= s * (1.0 - s) / p;
                    }
                }
            }
            Model::Rasch | Model::TwoPl | Model::Pcm | Model::Gpcm => {
                let offset = usize::from(!self.model.slope_fixed());
                let mean: f64 = log_p.iter().enumerate().map(|(category, value)| category as f64 * value.exp()).sum();
                for category in 0..self.categories {
                    let row = &mut out[category * count..(category + 1) * count];
                    if offset == 1 {
                        row[0] = (category as f64 - mean) * theta;
                    }
                    for step in 1..self.categories {
                        let hit = if step == category { 1.0 } else { 0.0 };
                        row[offset + step - 1] = hit - log_p[step].exp();
                    }
                }
            }
        }
    }

    /// First and second derivative in θ of log P(category) at `theta`.
    #[must_use]
    pub fn theta_derivatives(&self, theta: f64, category: usize, log_p: &[f64]) -> (f64, f64) {
        let (a, intercepts) = (self.slope(), self.intercepts());
        match self.model {
            Model::ThreePl => {
                let s = logistic(a * theta + intercepts[0]);
                if category == 0 {
                    return (-a * s, -a * a * s * (1.0 - s));
                }
                let ratio = (1.0 - self.guessing()) * s * (1.0 - s) / log_p[1].exp();
                (a * ratio, a * a * (ratio * (1.0 - 2.0 * s) - ratio * ratio))
            }
            Model::Graded => {
                let above = if category == 0 { 1.0 } else { logistic(a * theta + intercepts[category - 1]) };
                let next = intercepts.get(category).map_or(0.0, |d| logistic(a * theta + d));
                (a * (1.0 - above - next), -a * a * (above * (1.0 - above) + next * (1.0 - next)))
            }
            Model::Rasch | Model::TwoPl | Model::Pcm | Model::Gpcm => {
                let (mut mean, mut square) = (0.0, 0.0);
                for (step, value) in log_p.iter().enumerate() {
                    mean += step as f64 * value.exp();
                    square += (step * step) as f64 * value.exp();
                }
                (a * (category as f64 - mean), -a * a * (square - mean * mean))
            }
        }
    }
}
