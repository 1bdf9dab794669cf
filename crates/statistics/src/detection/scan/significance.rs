//! p-values of a maximum by replicates: plain, with early stopping, and by the Gumbel tail.

use rayon::prelude::*;

/// How many replicates, from which seed, and when to stop early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonteCarlo {
    /// Replicates at most (`n_mcsim`).
    pub replicates: usize,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Stop as soon as so many replicates exceed the observed score (Besag & Clifford 1991, Biometrika 78:301).
    pub stop_after: Option<usize>,
}

/// Replicates drawn at a time; early stopping looks between batches, so that the answer does not depend on threads.
const BATCH: usize = 64;

/// The significance of the best window.
#[derive(Debug, Clone, PartialEq)]
pub struct Significance {
    /// (1 + replicates above) / (1 + replicates), or stops / replicates when stopped early.
    pub p_value: f64,
    /// p-value of the Gumbel law fitted to the replicates' maxima (Abrams, Kulldorff & Kleinman 2010, Int J Health Geogr 9:61).
    pub gumbel_p: f64,
    /// Periods between two such maxima by chance: 1/p.
    pub recurrence: f64,
    /// Replicates drawn.
    pub replicates: usize,
    maxima: Vec<f64>,
    location: f64,
    scale: f64,
}

impl Significance {
    /// Monte Carlo p-value of any score against the maxima.
    #[must_use]
    pub fn p_of(&self, score: f64) -> f64 {
        let above = self.maxima.len() - self.maxima.partition_point(|maximum| *maximum <= score);
        (1 + above) as f64 / (1 + self.maxima.len()) as f64
    }

    /// Gumbel-tail p-value of any score.
    #[must_use]
    pub fn gumbel_of(&self, score: f64) -> f64 {
        -(-(-(score - self.location) / self.scale).exp()).exp_m1()
    }
}

/// Draws maxima and judges the observed one.
pub(super) fn judge(wanted: &MonteCarlo, observed: f64, maximum: impl Fn(u64) -> f64 + Sync) -> Significance {
    let mut maxima: Vec<f64> = Vec::with_capacity(wanted.replicates);
    let mut stopped = None;
    while maxima.len() < wanted.replicates && stopped.is_none() {
        let from = maxima.len();
        let until = (from + BATCH).min(wanted.replicates);
        let batch: Vec<f64> = (from as u64..until as u64).into_par_iter().map(&maximum).collect();
        maxima.extend(batch);
        if let Some(limit) = wanted.stop_after.filter(|limit| *limit > 0) {
            let above = maxima.iter().enumerate().filter(|(_, maximum)| **maximum > observed);
            stopped = above.map(|(at, _)| at + 1).nth(limit - 1).map(|drawn| (limit, drawn));
        }
    }
    if let Some((_, drawn)) = stopped {
        maxima.truncate(drawn);
    }
    let replicates = maxima.len();
    let n = replicates as f64;
    let mean = maxima.iter().sum::<f64>() / n;
    let sd = (maxima.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let scale = sd * 6.0_f64.sqrt() / std::f64::consts::PI;
    maxima.sort_by(f64::total_cmp);
    let euler = 0.577_215_664_901_532_9;
    let mut found = Significance {
        p_value: f64::NAN,
        gumbel_p: f64::NAN,
        recurrence: f64::NAN,
        replicates,
        maxima,
        location: mean - euler * scale,
        scale,
    };
    found.p_value = stopped.map_or_else(|| found.p_of(observed), |(limit, drawn)| limit as f64 / drawn as f64);
    found.gumbel_p = found.gumbel_of(observed);
    found.recurrence = 1.0 / found.p_value;
    found
}
