//! Plots of rates: shrinkage by number of answers, the two funnels, a trend with a wild value.

use crate::svg::Plot;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yanpan_statistics::surveys::distributions::BetaLaw;
use yanpan_statistics::surveys::rates::{BetaBinomial, Count, Funnel, Hyperposterior, shrink};
use yanpan_statistics::surveys::trends::{least_squares, theil_sen};

fn counts() -> Vec<Count> {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let rates = BetaLaw::new(24.0, 6.0);
    (0..80)
        .map(|unit| {
            let p = rates.map_or(0.8, |law| law.quantile(random.random()));
            let n =
                [8, 15, 30, 60, 120, 240, 480, 800].get(unit % 8).copied().unwrap_or(30) + random.random_range(0..7u64);
            Count { x: (0..n).filter(|_| random.random::<f64>() < p).count() as u64, n }
        })
        .collect()
}

/// Raw rates and their shrunken means against the number of answers.
pub fn shrinkage() -> String {
    let counts = counts();
    let mut plot = Plot::new("回答越少,收缩后的率离原始率越远", ("回答数(对数)", 0.8, 3.0), ("率", 0.4, 1.0));
    if let (Ok(prior), Ok(uncertain)) = (BetaBinomial::fit(&counts), Hyperposterior::of(&counts)) {
        for (count, unit) in counts.iter().zip(shrink(&counts, &prior, &uncertain, 0.025)) {
            let (x, raw) = ((count.n as f64).log10(), count.rate().unwrap_or(0.0));
            plot.line(&[(x, raw), (x, unit.mean)], "#bbbbbb", "");
            plot.dots(&[(x, raw)], "#9aa4b1");
            plot.dots(&[(x, unit.mean)], "#c0392b");
        }
        plot.line(&[(0.8, prior.mu), (3.0, prior.mu)], "#c0392b", "总体均值(红:收缩后,灰:原始)");
    }
    plot.finish()
}

/// The naive funnel and the one widened by over-dispersion.
pub fn funnel() -> String {
    let counts = counts();
    let mut plot = Plot::new("朴素漏斗冤枉了许多单位,加宽后的不会", ("回答数(对数)", 0.8, 3.0), ("率", 0.4, 1.0));
    if let Ok(funnel) = Funnel::fit(&counts) {
        let p = funnel.overall;
        let limit = |sign: f64, tau2: f64| -> Vec<(f64, f64)> {
            let at = |step: i32| 0.8 + 2.2 * f64::from(step) / 60.0;
            let value = |x: f64| p + sign * 3.09 * (p * (1.0 - p) / 10f64.powf(x) + tau2).sqrt();
            (0..=60).map(|step| (at(step), value(at(step)).clamp(0.4, 1.0))).collect()
        };
        plot.line(&limit(-1.0, 0.0), "#c0392b", "朴素 99.8%");
        plot.line(&limit(1.0, 0.0), "#c0392b", "");
        plot.line(&limit(-1.0, funnel.tau2), "#2c6fbb", "加 τ² 99.8%");
        plot.line(&limit(1.0, funnel.tau2), "#2c6fbb", "");
        plot.dots(
            &counts.iter().map(|count| ((count.n as f64).log10(), count.rate().unwrap_or(0.0))).collect::<Vec<_>>(),
            "#555555",
        );
    }
    plot.finish()
}

/// A series with one wild value, fitted both ways.
pub fn trend() -> String {
    let values = [71.0, 72.5, 72.0, 74.0, 75.5, 96.0, 77.0, 78.5, 79.0, 80.5];
    let pairs: Vec<(f64, f64)> = values.into_iter().zip(2016..).map(|(value, year)| (f64::from(year), value)).collect();
    let mut plot =
        Plot::new("一个错录的值拉歪最小二乘线,不动 Theil–Sen 线", ("年", 2015.0, 2026.0), ("率(%)", 65.0, 100.0));
    if let (Ok(line), Ok(sen)) = (least_squares(&pairs, 0.95), theil_sen(&pairs, 0.95)) {
        let ends = |slope: f64, intercept: f64| [2015.5, 2025.5].map(|year| (year, intercept + slope * year));
        plot.line(&ends(line.slope, line.intercept), "#9aa4b1", "最小二乘");
        plot.line(&ends(sen.slope, sen.intercept_joint), "#c0392b", "Theil–Sen");
    }
    plot.dots(&pairs, "#333333");
    plot.finish()
}
