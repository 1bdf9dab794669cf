//! A chart's dispersion, learned from its own one-step prediction errors, and the predictive law that follows.
//!
//! Sources: Dawid 1984 (JRSS A 147:278), a forecaster is judged by what came next; McCullagh & Nelder 1989, §6.2.3, the moment
//! estimate of a quasi-Poisson dispersion. A weekday effect or a season that the baseline does not know makes the errors larger
//! and so the bound wider, which is what holds the false-alarm rate.

use crate::distributions::CountLaw;

/// Errors lose their weight by a factor e in so many days.
const MEMORY: f64 = 120.0;
/// Dispersion believed before any error was seen.
const PRIOR: f64 = 1.1;
/// Days of evidence the belief is worth.
const PRIOR_DAYS: f64 = 8.0;
/// Days after which the baseline's own spread no longer counts beside the errors.
const OWN_DAYS: f64 = 20.0;
/// An error counts up to so many standard deviations: an outbreak shall not blind the chart.
const MOST: f64 = 4.0;
/// Dispersions are rounded to powers of this, so that bounds can be kept in tables.
const RATIO: f64 = 1.1;
/// 1 / log₂ RATIO.
const LEVELS_PER_DOUBLING: f64 = 7.272_540_897_341_713;
/// Powers kept, the highest included.
const POWERS: usize = 251;
/// RATIO⁰, RATIO¹, …
const DISPERSIONS: [f64; POWERS] = powers(1.0);
/// √RATIO·RATIO⁰, √RATIO·RATIO¹, …: where one level ends and the next begins.
const EDGES: [f64; POWERS] = powers(1.048_808_848_170_151_6);

/// A first value and its multiples by the ratio.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a wrong index is an error")]
const fn powers(first: f64) -> [f64; POWERS] {
    let mut all = [first; POWERS];
    let mut at = 1;
    while at < POWERS {
        all[at] = all[at - 1] * RATIO;
        at += 1;
    }
    all
}

/// What is expected of a day, before it is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Mean of the baseline.
    pub mean: f64,
    /// Variance of that mean in units of the variance of one count: 1/n; 0 for a mean that is given.
    pub error: f64,
    /// Sum of squares of the baseline about its mean.
    pub squares: f64,
    /// Degrees of freedom of `squares`.
    pub df: f64,
}

impl Forecast {
    /// A mean that is given, not estimated.
    #[must_use]
    pub fn given(mean: f64) -> Self {
        Self { mean, error: 0.0, squares: 0.0, df: 0.0 }
    }
}

/// Streaming state: weighted sums of squared errors and of means, and the weight itself. Three numbers a series.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Learned {
    squares: f64,
    means: f64,
    days: f64,
}

impl Learned {
    /// Whether the baseline's own spread still counts beside the errors.
    pub(super) fn looks_back(&self) -> bool {
        self.days < OWN_DAYS
    }

    /// The dispersion in force for a forecast, as a power of the ratio. The estimate's own uncertainty widens it.
    #[must_use]
    pub fn level(&self, forecast: &Forecast) -> u16 {
        let own = (1.0 - self.days * (1.0 / OWN_DAYS)).max(0.0);
        let squares = self.squares + (own * forecast.squares + PRIOR_DAYS * PRIOR * forecast.mean);
        let means = self.means + (own * forecast.df + PRIOR_DAYS) * forecast.mean;
        let days = self.days + own * forecast.df + PRIOR_DAYS;
        let (above, below) = if means > 0.0 { (squares, means) } else { (PRIOR, 1.0) };
        // the quotient does not wait for the squares, which depend on yesterday's level
        level_of(above * ((days + 1.0) / (below * (days - 1.0))))
    }

    /// The law of a day whose mean is given; the day itself is learned from afterwards. `None` for a mean that is no number.
    pub(super) fn given(&mut self, mean: f64, today: f64) -> Option<CountLaw> {
        let forecast = Forecast::given(mean);
        let level = self.level(&forecast);
        self.learn(today, &forecast, level);
        mean.is_finite().then(|| predictive(mean, 0.0, level))
    }

    /// Learns from the day after it has been judged; a missing count teaches nothing.
    pub fn learn(&mut self, count: f64, forecast: &Forecast, level: u16) {
        if count.is_nan() || !forecast.mean.is_finite() {
            return;
        }
        let most = dispersion(level) * (MOST * MOST * forecast.mean * (1.0 + forecast.error));
        let error = count - forecast.mean;
        // squares first: the root is taken on the rare day that needs it
        let far = (error > 1.0) & ((error - 1.0).powi(2) > most);
        let error = if far { most.sqrt() + 1.0 } else { error };
        let keep = 1.0 - 1.0 / MEMORY;
        self.squares = keep * self.squares + error * error * (1.0 / (1.0 + forecast.error));
        self.means = keep * self.means + forecast.mean;
        self.days = keep * self.days + 1.0;
    }
}

/// The power of the ratio nearest to a dispersion; 0 (Poisson) below 1.
#[must_use]
pub fn level_of(dispersion: f64) -> u16 {
    // the bits of a number, read as a whole number, are its binary logarithm but for up to 0.087: less than one level
    let logarithm = dispersion.max(1.0).to_bits() as i64 as f64 * 2.0_f64.powi(-52) - 1023.0;
    let least = (logarithm * LEVELS_PER_DOUBLING + 0.5).min((POWERS - 1) as f64) as u16;
    let edge = EDGES.get(usize::from(least)).copied().unwrap_or(f64::INFINITY);
    (least + u16::from(dispersion >= edge)).min(POWERS as u16 - 1)
}

/// The dispersion of a level.
#[must_use]
pub fn dispersion(level: u16) -> f64 {
    DISPERSIONS.get(usize::from(level)).copied().unwrap_or(f64::INFINITY)
}

/// Law of a count whose mean has a gamma posterior: variance φ·m·(1 + error). With φ = 1 the gamma–Poisson predictive law.
#[must_use]
pub fn predictive(mean: f64, error: f64, level: u16) -> CountLaw {
    let wide = dispersion(level) * (1.0 + error);
    if wide > 1.0 { CountLaw::NegativeBinomial { size: mean / (wide - 1.0), mean } } else { CountLaw::Poisson { mean } }
}

#[cfg(test)]
mod tests {
    //! Rules of learning.

    use super::*;

    #[test]
    fn errors_three_times_the_mean_teach_a_dispersion_of_three() {
        let mut learned = Learned::default();
        let forecast = Forecast::given(12.0);
        for day in 0..600 {
            let count = if day % 2 == 0 { 18.0 } else { 6.0 };
            learned.learn(count, &forecast, learned.level(&forecast));
        }
        let found = dispersion(learned.level(&forecast));
        assert!((2.8..3.3).contains(&found), "{found}");
    }

    #[test]
    fn a_level_is_the_nearest_power_of_the_ratio() {
        for step in 0..400_000 {
            let wide = 1.000_06_f64.powi(step) * 0.9;
            let power = (wide.max(1.0).ln() / RATIO.ln()).min(250.0);
            let tie = (power.fract() - 0.5).abs() < 1e-9;
            assert!(tie || level_of(wide) == power.round() as u16, "{wide}");
        }
        assert_eq!((level_of(f64::INFINITY), level_of(f64::NAN), level_of(0.0)), (250, 0, 0));
        assert!((0..=250).all(|level| level_of(dispersion(level)) == level));
    }

    #[test]
    fn one_enormous_day_does_not_blind_the_chart() {
        let mut learned = Learned::default();
        let forecast = Forecast::given(5.0);
        for _ in 0..60 {
            learned.learn(5.0, &forecast, learned.level(&forecast));
        }
        learned.learn(1e9, &forecast, learned.level(&forecast));
        assert!(dispersion(learned.level(&forecast)) < 2.0);
    }
}
