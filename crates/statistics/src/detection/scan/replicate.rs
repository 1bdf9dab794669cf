//! Counts drawn under the null hypothesis of each scan statistic.

use super::{Input, Matrix, Statistic};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::weighted::WeightedAliasIndex;
use rand_distr::{Binomial, Distribution, Gamma, Poisson};

/// Draws the newest `max_duration` rows (newest first) of a replicate.
#[derive(Debug, Clone)]
pub(super) struct Generator {
    places: usize,
    cells: usize,
    law: Law,
}

/// How cells are drawn.
#[derive(Debug, Clone)]
enum Law {
    /// Every case falls into a cell (the last one stands for all older rows) with these odds.
    Scattered { cases: usize, alias: Option<WeightedAliasIndex<f64>> },
    /// Cells one after the other by conditional binomials: quicker when cases outnumber cells by far.
    Shared { cases: u64, shares: Vec<f64> },
    /// Times shuffled among cases: (place, newest-first row) of every case.
    Shuffled { places: Vec<u32>, rows: Vec<u32> },
    /// Independent Poisson counts.
    Poisson(Vec<Option<Poisson<f64>>>),
    /// Independent negative-binomial counts: Poisson with a gamma mean.
    Mixed(Vec<Cell>),
}

/// A cell of the negative-binomial law.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Zero,
    Fixed(Poisson<f64>),
    Varying(Gamma<f64>),
}

impl Generator {
    /// The null law of a statistic.
    pub fn new(statistic: Statistic, input: &Input) -> Self {
        let rows = input.max_duration;
        let mu: Vec<f64> = input.baselines.newest(rows).flatten().copied().collect();
        let law = match statistic {
            Statistic::PopulationPoisson => scattered(input, mu.clone()),
            Statistic::Permutation => shuffled(input),
            Statistic::ExpectationPoisson => Law::Poisson(mu.iter().map(|mu| Poisson::new(*mu).ok()).collect()),
            Statistic::Hotspot | Statistic::Emerging => {
                let om =
                    input.overdispersion.as_ref().map_or(Vec::new(), |t| t.newest(rows).flatten().copied().collect());
                Law::Mixed(mu.iter().zip(om).map(|(mu, om)| cell(*mu, om)).collect())
            }
        };
        Self { places: input.counts.places, cells: mu.len(), law }
    }

    /// Replicate number `replicate`: its own stream of the seed, so that order and threads do not matter.
    pub fn draw(&self, seed: u64, replicate: u64) -> Matrix {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(replicate);
        let mut values = vec![0.0; self.cells];
        match &self.law {
            Law::Scattered { cases, alias } => {
                for _ in 0..*cases {
                    let cell = alias.as_ref().map_or(usize::MAX, |alias| alias.sample(&mut rng));
                    if let Some(slot) = values.get_mut(cell) {
                        *slot += 1.0;
                    }
                }
            }
            Law::Shared { cases, shares } => {
                let mut left = *cases;
                for (slot, share) in values.iter_mut().zip(shares) {
                    let drawn = Binomial::new(left, *share).map_or(0, |law| law.sample(&mut rng));
                    *slot = drawn as f64;
                    left -= drawn.min(left);
                }
            }
            Law::Shuffled { places, rows } => {
                let mut rows = rows.clone();
                rows.shuffle(&mut rng);
                for (place, row) in places.iter().zip(rows) {
                    if let Some(slot) = values.get_mut(row as usize * self.places + *place as usize) {
                        *slot += 1.0;
                    }
                }
            }
            Law::Poisson(cells) => {
                for (slot, law) in values.iter_mut().zip(cells) {
                    *slot = law.map_or(0.0, |law| rng.sample(law));
                }
            }
            Law::Mixed(cells) => {
                for (slot, cell) in values.iter_mut().zip(cells) {
                    *slot = match cell {
                        Cell::Zero => 0.0,
                        Cell::Fixed(law) => rng.sample(law),
                        Cell::Varying(law) => Poisson::new(rng.sample(law)).map_or(0.0, |law| rng.sample(law)),
                    };
                }
            }
        }
        Matrix { places: self.places, values }
    }
}

/// Multinomial over cells and the older rows.
fn scattered(input: &Input, mut weights: Vec<f64>) -> Law {
    let cases = input.counts.total();
    let all = input.baselines.total();
    if cases > 8.0 * weights.len() as f64 {
        let mut left = all;
        let shares = weights.iter().map(|mu| {
            let share = if left > 0.0 { (mu / left).clamp(0.0, 1.0) } else { 0.0 };
            left -= mu;
            share
        });
        return Law::Shared { cases: cases as u64, shares: shares.collect() };
    }
    let newest: f64 = weights.iter().sum();
    weights.push((all - newest).max(0.0));
    Law::Scattered { cases: cases as usize, alias: WeightedAliasIndex::new(weights).ok() }
}

/// Cases with their places and rows.
fn shuffled(input: &Input) -> Law {
    let (mut places, mut rows) = (Vec::new(), Vec::new());
    for (row, counts) in input.counts.newest(input.counts.rows()).enumerate() {
        for (place, count) in counts.iter().enumerate() {
            let cases = (*count as usize).min(10_000_000);
            places.extend(std::iter::repeat_n(place as u32, cases));
            rows.extend(std::iter::repeat_n(row as u32, cases));
        }
    }
    Law::Shuffled { places, rows }
}

/// The law of a cell with mean and overdispersion.
fn cell(mu: f64, om: f64) -> Cell {
    if om > 1.0 {
        Gamma::new(mu / (om - 1.0), om - 1.0).map_or(Cell::Zero, Cell::Varying)
    } else {
        Poisson::new(mu).map_or(Cell::Zero, Cell::Fixed)
    }
}
