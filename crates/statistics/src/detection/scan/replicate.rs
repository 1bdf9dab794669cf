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
    /// Independent counts of these (mean, overdispersion), each mean times its place's error.
    Uncertain { cells: Vec<(f64, f64)>, errors: Vec<Gamma<f64>> },
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

impl Cell {
    fn draw(&self, rng: &mut ChaCha8Rng) -> f64 {
        match self {
            Self::Zero => 0.0,
            Self::Fixed(law) => rng.sample(law),
            Self::Varying(law) => Poisson::new(rng.sample(law)).map_or(0.0, |law| rng.sample(law)),
        }
    }
}

impl Generator {
    /// The null law of a statistic.
    pub fn new(statistic: Statistic, input: &Input) -> Self {
        let rows = input.max_duration;
        let mu: Vec<f64> = input.baselines.newest(rows).flatten().copied().collect();
        let wide = matches!(statistic, Statistic::Hotspot | Statistic::Emerging);
        let om: Vec<f64> = match &input.overdispersion {
            Some(table) if wide => table.newest(rows).flatten().copied().collect(),
            _ => vec![1.0; mu.len()],
        };
        let places = input.counts.places;
        let law = match (statistic, input.estimated_from) {
            (Statistic::PopulationPoisson, _) => scattered(input, mu.clone()),
            (Statistic::Permutation, _) => shuffled(input),
            (_, Some(behind)) => uncertain((&mu, &om), places, behind),
            (Statistic::ExpectationPoisson, None) => Law::Poisson(mu.iter().map(|mu| Poisson::new(*mu).ok()).collect()),
            (Statistic::Hotspot | Statistic::Emerging, None) => {
                Law::Mixed(mu.iter().zip(om).map(|(mu, om)| cell(*mu, om)).collect())
            }
        };
        Self { places, cells: mu.len(), law }
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
                    *slot = cell.draw(&mut rng);
                }
            }
            Law::Uncertain { cells, errors } => {
                // a stream of their own: with nothing to err, the counts are those of known means
                let mut other = ChaCha8Rng::seed_from_u64(seed);
                other.set_stream(!replicate);
                let factors: Vec<f64> = errors.iter().map(|law| other.sample(law)).collect();
                for (slot, ((mu, om), factor)) in values.iter_mut().zip(cells.iter().zip(factors.iter().cycle())) {
                    *slot = cell(mu * factor, *om).draw(&mut rng);
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

/// The law of counts whose means were estimated from the counts of `behind` rows, place by place: the true mean has the posterior
/// law under Jeffreys' prior, a gamma of S + 1/2 over S cases, S divided by the overdispersion. A place without a case may have
/// half of one.
fn uncertain((mu, om): (&[f64], &[f64]), places: usize, behind: f64) -> Law {
    let rows = (mu.len() / places.max(1)) as f64;
    let mean = |values: &[f64], place: usize| values.iter().skip(place).step_by(places.max(1)).sum::<f64>() / rows;
    let mut cells: Vec<(f64, f64)> = mu.iter().copied().zip(om.iter().copied()).collect();
    let error = |place: usize| {
        let (mean, om) = (mean(mu, place), mean(om, place).max(1.0));
        let cases = (mean * behind / om).clamp(f64::MIN_POSITIVE, 1e15);
        if mean > 0.0 {
            return Gamma::new(cases + 0.5, 1.0 / cases).ok();
        }
        cells.iter_mut().skip(place).step_by(places.max(1)).for_each(|cell| cell.0 = om / behind);
        Gamma::new(0.5, 1.0).ok()
    };
    let errors: Vec<Gamma<f64>> = (0..places).map_while(error).collect();
    Law::Uncertain { cells, errors }
}
