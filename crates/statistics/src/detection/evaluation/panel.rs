//! A simulated district for the scan statistics: places on a grid, daily counts, perhaps a cluster that begins near the end.

use crate::detection::scan::{Matrix, Place};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Gamma, Poisson};

/// The district: six by five places of unequal size.
const COLUMNS: u32 = 6;
/// Rows of the grid.
const ROWS: u32 = 5;

/// How counts are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Mean count a place and day; places range from half to one and a half times that.
    pub mean: f64,
    /// Variance over mean, 1 or more.
    pub dispersion: f64,
    /// Days.
    pub days: usize,
}

/// An excess at a place and its right-hand neighbour in the last days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// Days it lasts until the last day.
    pub days: usize,
    /// Factor on the mean.
    pub factor: f64,
}

/// Draws the counts (oldest row first) and gives the places. Same seed, same panel; the cluster does not change the other draws.
#[must_use]
pub fn panel(law: &Panel, cluster: Option<Cluster>, seed: u64) -> (Vec<Place>, Matrix) {
    let places: Vec<Place> = (0..COLUMNS * ROWS)
        .map(|at| {
            let size = 0.5 + f64::from(at * 7 % 11) / 10.0;
            Place { x: f64::from(at % COLUMNS), y: f64::from(at / COLUMNS) * 1.07, population: 1000.0 * size }
        })
        .collect();
    let mut values = Vec::with_capacity(law.days * places.len());
    for day in 0..law.days {
        for (at, place) in places.iter().enumerate() {
            let raised = cluster.is_some_and(|c| day + c.days >= law.days && (at == 14 || at == 15));
            let mean =
                law.mean * place.population / 1000.0 * if raised { cluster.map_or(1.0, |c| c.factor) } else { 1.0 };
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream((day * 1000 + at) as u64);
            let mean = if law.dispersion > 1.0 {
                let scale = law.dispersion - 1.0;
                Gamma::new(mean / scale, scale).map_or(0.0, |gamma| rng.sample(gamma))
            } else {
                mean
            };
            values.push(Poisson::new(mean).map_or(0.0, |poisson| rng.sample(poisson)));
        }
    }
    let counts = Matrix { places: places.len(), values };
    (places, counts)
}
