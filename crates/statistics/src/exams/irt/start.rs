//! Starting values from proportions and item–rest correlations.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: vectors are sized from the items at entry")]

use super::fit::Guessing;
use super::model::{Item, Model};
use super::responses::{MISSING, PIECE, Responses};
use rayon::prelude::*;

struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
    counts: Vec<f64>,
}

impl Sums {
    fn of(categories: usize) -> Self {
        Self { n: 0.0, x: 0.0, y: 0.0, xx: 0.0, yy: 0.0, xy: 0.0, counts: vec![0.0; categories] }
    }

    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, part)| *sum += part);
    }
}

/// One starting item per model.
pub(super) fn start(responses: &Responses, models: &[Model], guessing: Option<Guessing>) -> Vec<Item> {
    let pieces: Vec<Vec<Sums>> = responses
        .patterns
        .par_chunks(responses.items() * PIECE)
        .zip(responses.weights.par_chunks(PIECE))
        .map(|(patterns, weights)| add_up(&responses.categories, patterns, weights))
        .collect();
    let mut sums: Vec<Sums> = responses.categories.iter().map(|count| Sums::of(*count)).collect();
    for piece in &pieces {
        sums.iter_mut().zip(piece).for_each(|(sum, part)| sum.add(part));
    }
    models.iter().zip(&sums).map(|(model, sum)| item(*model, sum, guessing)).collect()
}

/// The sums of some patterns.
fn add_up(categories: &[usize], patterns: &[u8], weights: &[f64]) -> Vec<Sums> {
    let mut sums: Vec<Sums> = categories.iter().map(|count| Sums::of(*count)).collect();
    let tops: Vec<f64> = categories.iter().map(|count| (*count - 1) as f64).collect();
    for (pattern, weight) in patterns.chunks_exact(categories.len()).zip(weights) {
        let seen = || pattern.iter().zip(&tops).filter(|(code, _)| **code != MISSING);
        let total: f64 = seen().map(|(code, _)| f64::from(*code)).sum();
        let limit: f64 = seen().map(|(_, top)| *top).sum();
        for ((code, top), sum) in pattern.iter().zip(&tops).zip(&mut sums) {
            if *code == MISSING || limit <= *top {
                continue;
            }
            let x = f64::from(*code);
            let y = (total - x) / (limit - top);
            sum.n += weight;
            sum.x += weight * x;
            sum.y += weight * y;
            sum.xx += weight * x * x;
            sum.yy += weight * y * y;
            sum.xy += weight * x * y;
            sum.counts[usize::from(*code)] += weight;
        }
    }
    sums
}

fn item(model: Model, sum: &Sums, guessing: Option<Guessing>) -> Item {
    let categories = sum.counts.len();
    let slope = if model.slope_fixed() { 1.0 } else { slope(sum) };
    let stretch = (1.0 + slope * slope / 3.0).sqrt();
    let logit = |part: f64| {
        let p = ((part + 0.5) / (sum.n + 1.0)).clamp(0.001, 0.999);
        (p / (1.0 - p)).ln()
    };
    let mut parameters = if model.slope_fixed() { Vec::new() } else { vec![slope] };
    match model {
        Model::Rasch | Model::TwoPl => parameters.push(logit(sum.counts[1]) * stretch),
        Model::ThreePl => {
            let floor = guessing.map_or(-1.4, |guessing| guessing.mean);
            let g = 1.0 / (1.0 + (-floor).exp());
            let above = (sum.counts[1] - g * sum.n) / (1.0 - g);
            parameters.extend([logit(above.max(0.05 * sum.n)) * stretch, floor]);
        }
        Model::Graded => {
            for category in 1..categories {
                parameters.push(logit(sum.counts[category..].iter().sum()) * stretch);
            }
        }
        Model::Pcm | Model::Gpcm => {
            // Spread over m steps, a slope of the total scale becomes about a/m per step.
            if model == Model::Gpcm {
                parameters[0] = slope / ((categories - 1) as f64).sqrt();
            }
            parameters.extend(sum.counts.iter().skip(1).map(|count| ((count + 0.5) / (sum.counts[0] + 0.5)).ln()));
        }
    }
    Item { model, categories, parameters }
}

fn slope(sum: &Sums) -> f64 {
    let covariance = sum.xy - sum.x * sum.y / sum.n;
    let spread = ((sum.xx - sum.x * sum.x / sum.n) * (sum.yy - sum.y * sum.y / sum.n)).sqrt();
    let loading = if spread > 0.0 { 1.4 * covariance / spread } else { 0.3 };
    let size = loading.abs().clamp(0.15, 0.85);
    1.7 * loading.signum() * size / (1.0 - size * size).sqrt()
}
