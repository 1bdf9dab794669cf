//! Group means by plausible values: a latent regression on the group, then draws from each pupil's posterior.
//!
//! EAPs shrink towards the overall mean, so their group means are biased; here each group has its own mean in the prior
//! (Mislevy 1991), and the error combines sampling and measurement (Rubin 1987).
#![expect(clippy::indexing_slicing, reason = "numeric kernel: groups are numbered and counted at entry")]

use super::fit::Fit;
use super::likelihood::{Layout, Posterior, Tables};
use super::model::Model;
use super::nodes::Nodes;
use super::responses::Responses;
use crate::exams::Error;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// Plausible values per pupil, at least 2; 10 by custom.
    pub count: usize,
    /// Seed of the generator.
    pub seed: u64,
}

/// The mean of one group on the θ scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupMean {
    /// Pupils with at least one response.
    pub pupils: usize,
    /// Mean of the plausible values.
    pub mean: f64,
    /// SD of the plausible values within the group.
    pub sd: f64,
    /// Standard error: √(sampling² + (1 + 1/M) between draws).
    pub error: f64,
    /// Its part from measurement.
    pub measurement: f64,
    /// Mean of the EAPs, for comparison only.
    pub mean_eap: f64,
}

/// Group means and the values they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Plausible {
    /// One per group.
    pub groups: Vec<GroupMean>,
    /// Values of each row, `count` of them; empty for a row without response or group.
    pub values: Vec<Vec<f64>>,
    /// Variance within the groups.
    pub within: f64,
}

/// Group of each row and number of groups.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'a> {
    /// Group of each row; `None` belongs to no group.
    pub of_row: &'a [Option<usize>],
    /// Number of groups.
    pub count: usize,
}

/// Plausible values under the fitted items.
///
/// # Errors
/// [`Error::Parameter`] with fewer than two draws or a group number out of range, [`Error::TooFewPupils`] when no row has both
/// responses and a group.
pub fn plausible_values(
    responses: &Responses,
    fit: &Fit,
    nodes: &Nodes,
    groups: Groups,
    draws: Draws,
) -> Result<Plausible, Error> {
    if draws.count < 2 || draws.count > 1000 {
        return Err(Error::Parameter { name: "draws", value: draws.count as f64, reason: "from 2 to 1000" });
    }
    let rows: Vec<Member> = responses
        .pattern_of
        .iter()
        .zip(groups.of_row)
        .enumerate()
        .filter_map(|(row, (pattern, group))| Some(Member { row, pattern: (*pattern)? as usize, group: (*group)? }))
        .collect();
    if rows.is_empty() {
        return Err(Error::TooFewPupils { needed: 1, found: 0 });
    }
    if rows.iter().any(|row| row.group >= groups.count) {
        return Err(Error::Parameter { name: "group", value: groups.count as f64, reason: "groups count from 0" });
    }
    let models: Vec<Model> = fit.items.iter().map(|item| item.model).collect();
    let sampler = Sampler { layout: Layout::new(responses, &models), fit, nodes, rows, count: groups.count };
    let population = sampler.regress();
    Ok(sampler.draw(&population, responses.pattern_of.len(), draws))
}

struct Member {
    row: usize,
    pattern: usize,
    group: usize,
}

struct Population {
    means: Vec<f64>,
    errors: Vec<f64>,
    variance: f64,
}

struct Sampler<'a> {
    layout: Layout,
    fit: &'a Fit,
    nodes: &'a Nodes,
    rows: Vec<Member>,
    count: usize,
}

fn moments(points: &[f64], posterior: &Posterior) -> (f64, f64) {
    let window = posterior.low..posterior.high;
    let pairs = || points[window.clone()].iter().zip(&posterior.values[window.clone()]);
    let mean: f64 = pairs().map(|(x, p)| x * p).sum();
    (mean, pairs().map(|(x, p)| p * (x - mean).powi(2)).sum())
}

impl Sampler<'_> {
    fn tables(&self, mean: f64, variance: f64) -> Tables<'_> {
        let weights = self.nodes.log_weights(mean, variance);
        Tables::new(&self.layout, &self.fit.items, &self.nodes.points, &weights)
    }

    /// EM for group means and the common variance within groups, items fixed.
    fn regress(&self) -> Population {
        let mut population =
            Population { means: vec![0.0; self.count], errors: vec![0.0; self.count], variance: self.fit.variance };
        let mut sizes = vec![0.0; self.count];
        self.rows.iter().for_each(|row| sizes[row.group] += 1.0);
        for _ in 0..500 {
            let tables: Vec<Tables> =
                population.means.iter().map(|mean| self.tables(*mean, population.variance)).collect();
            let mut posterior = tables[0].buffer();
            let (mut sums, mut knowledge, mut spread) = (vec![0.0; self.count], vec![0.0; self.count], 0.0);
            let mut between = vec![0.0; self.count];
            for row in &self.rows {
                tables[row.group].posterior(row.pattern, &mut posterior);
                let (mean, variance) = moments(&self.nodes.points, &posterior);
                sums[row.group] += mean;
                between[row.group] += mean * mean;
                spread += variance;
                knowledge[row.group] +=
                    (population.variance - variance).max(0.0) / (population.variance * population.variance);
            }
            let mut change = 0.0_f64;
            for group in 0..self.count {
                let size: f64 = sizes[group];
                let mean = if size > 0.0 { sums[group] / size } else { 0.0 };
                change = change.max((mean - population.means[group]).abs());
                population.means[group] = mean;
                population.errors[group] = if knowledge[group] > 0.0 { knowledge[group].sqrt().recip() } else { 0.0 };
                spread += between[group] - size * mean * mean;
            }
            let variance = (spread / self.rows.len() as f64).max(1e-4);
            change = change.max((variance - population.variance).abs());
            population.variance = variance;
            if change < 1e-7 {
                break;
            }
        }
        population
    }

    fn draw(&self, population: &Population, rows: usize, draws: Draws) -> Plausible {
        let mut generator = ChaCha8Rng::seed_from_u64(draws.seed);
        let step = self.nodes.points.get(1).zip(self.nodes.points.first()).map_or(0.0, |(b, a)| b - a);
        let mut values = vec![Vec::new(); rows];
        let mut eap_sums = vec![0.0; self.count];
        let overall = self.tables(0.0, self.fit.variance);
        let mut posterior = overall.buffer();
        for row in &self.rows {
            overall.posterior(row.pattern, &mut posterior);
            eap_sums[row.group] += moments(&self.nodes.points, &posterior).0;
        }
        for _ in 0..draws.count {
            // The regression is itself an estimate: its uncertainty enters each draw.
            let tables: Vec<Tables> = population
                .means
                .iter()
                .zip(&population.errors)
                .map(|(mean, error)| self.tables(mean + error * normal(&mut generator), population.variance))
                .collect();
            for row in &self.rows {
                tables[row.group].posterior(row.pattern, &mut posterior);
                let mut left: f64 = generator.random();
                let hit = posterior.values.iter().position(|p| {
                    left -= p;
                    left < 0.0
                });
                let node = hit.unwrap_or(posterior.high - 1);
                let jitter: f64 = generator.random();
                values[row.row].push(self.nodes.points[node] + (jitter - 0.5) * step);
            }
        }
        let groups = (0..self.count).map(|group| self.combine(group, &values, eap_sums[group], draws.count)).collect();
        Plausible { groups, values, within: population.variance }
    }

    fn combine(&self, group: usize, values: &[Vec<f64>], eap_sum: f64, draws: usize) -> GroupMean {
        let members: Vec<&Vec<f64>> =
            self.rows.iter().filter(|row| row.group == group).map(|row| &values[row.row]).collect();
        let n = members.len() as f64;
        let (mut means, mut variances) = (Vec::new(), Vec::new());
        for draw in 0..draws {
            let mean = members.iter().map(|values| values[draw]).sum::<f64>() / n;
            means.push(mean);
            variances.push(members.iter().map(|values| (values[draw] - mean).powi(2)).sum::<f64>() / (n - 1.0));
        }
        let count = draws as f64;
        let mean = means.iter().sum::<f64>() / count;
        let variance = variances.iter().sum::<f64>() / count;
        let between = means.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let measurement = (1.0 + 1.0 / count) * between;
        GroupMean {
            pupils: members.len(),
            mean,
            sd: variance.sqrt(),
            error: (variance / n + measurement).sqrt(),
            measurement: measurement.sqrt(),
            mean_eap: eap_sum / n,
        }
    }
}

fn normal(generator: &mut ChaCha8Rng) -> f64 {
    let (radius, angle): (f64, f64) = (generator.random(), generator.random());
    (-2.0 * (1.0 - radius).ln()).sqrt() * (2.0 * std::f64::consts::PI * angle).cos()
}
