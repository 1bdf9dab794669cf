//! Simulated daily series with season, weekdays and terms, and outbreaks put into them.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Gamma, LogNormal, Poisson};

/// A seasonal negative-binomial series of school days (5 a week, 52 weeks a year of 260 points).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scenario {
    /// Mean count a day.
    pub mean: f64,
    /// Variance over mean, 1 or more.
    pub dispersion: f64,
    /// Height of the yearly wave on the log scale.
    pub season: f64,
    /// Factor of Mondays (the other days share the rest).
    pub monday: f64,
    /// Factor of the first fortnight after each of two holidays a year.
    pub term_start: f64,
    /// Number of days.
    pub days: usize,
}

/// An injected outbreak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outbreak {
    /// First day.
    pub start: usize,
    /// Size: so many times the standard deviation of the baseline that day.
    pub size: f64,
}

impl Scenario {
    /// Expected count of a day.
    #[must_use]
    pub fn expected(&self, day: usize) -> f64 {
        let of_year = day % 260;
        let wave = (of_year as f64 / 260.0 * std::f64::consts::TAU).cos() * self.season;
        let weekday = if day.is_multiple_of(5) { self.monday } else { (5.0 - self.monday) / 4.0 };
        let term = if of_year % 130 < 10 { self.term_start } else { 1.0 };
        self.mean * wave.exp() * weekday * term
    }
}

/// A series with the days judged and the days of its outbreak.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trial {
    /// Counts.
    pub counts: Vec<f64>,
    /// Whether outbreak cases fell on the day.
    pub ill: Vec<bool>,
    /// First judged day.
    pub from: usize,
    /// First day of the outbreak; the length of the series when there is none.
    pub start: usize,
}

/// Draws a series and perhaps puts an outbreak into it. Same seed, same series, with or without the outbreak.
#[must_use]
pub fn simulate(scenario: &Scenario, from: usize, outbreak: Option<Outbreak>, seed: u64) -> Trial {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut draw = |mean: f64| -> f64 {
        let mean = if scenario.dispersion > 1.0 {
            let scale = scenario.dispersion - 1.0;
            Gamma::new(mean / scale, scale).map_or(0.0, |law| rng.sample(law))
        } else {
            mean
        };
        Poisson::new(mean).map_or(0.0, |law| rng.sample(law))
    };
    let counts: Vec<f64> = (0..scenario.days).map(|day| draw(scenario.expected(day))).collect();
    let mut trial = Trial { ill: vec![false; counts.len()], start: counts.len(), counts, from };
    if let Some(outbreak) = outbreak {
        let spread = (scenario.expected(outbreak.start) * scenario.dispersion).sqrt();
        inject(&mut trial, outbreak, spread, seed.wrapping_add(1));
    }
    trial
}

/// Puts an outbreak into a series: a Poisson number of cases of mean size × spread, spread over days by a log-normal law (meanlog 0,
/// sdlog 0.5, in days × 2).
pub fn inject(trial: &mut Trial, outbreak: Outbreak, spread: f64, seed: u64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    trial.start = outbreak.start;
    let cases: f64 = Poisson::new(outbreak.size * spread).map_or(0.0, |law| rng.sample(law));
    let Ok(law) = LogNormal::new(0.0, 0.5) else { return };
    for _ in 0..cases as usize {
        let after: f64 = 2.0 * rng.sample::<f64, _>(law);
        let day = outbreak.start + after as usize;
        if let (Some(count), Some(flag)) = (trial.counts.get_mut(day), trial.ill.get_mut(day)) {
            *count += 1.0;
            *flag = true;
        }
    }
}
