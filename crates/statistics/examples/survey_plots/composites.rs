//! Plots of composites: rank intervals over weights, consistency of judgements.

use crate::svg::Plot;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yanpan_statistics::composites::{Ahp, Column, arithmetic, equal_weights, rank_spread, simplex_draws};

/// Rank intervals of thirty units over all weights.
pub fn ranks() -> String {
    let mut random = ChaCha8Rng::seed_from_u64(41);
    let columns: Vec<Column> = (0..6)
        .map(|_| (0..30).map(|unit| Some(0.6 * random.random::<f64>() + 0.4 * f64::from(unit) / 30.0)).collect())
        .collect();
    let scores: Vec<f64> = arithmetic(&columns, &equal_weights(6)).into_iter().flatten().collect();
    let found = rank_spread(&columns, &simplex_draws(2000, 6, 1), &scores);
    let mut units: Vec<_> = found.units.iter().collect();
    units.sort_by(|a, b| a.median.total_cmp(&b.median));
    let bars: Vec<(f64, f64, f64)> =
        units.iter().zip(1..).map(|(unit, x)| (f64::from(x), unit.p05, unit.p95)).collect();
    let mut plot =
        Plot::new("换一套权重,中间的单位可以差十几名", ("单位(按中位名次)", 0.0, 31.0), ("名次(5%–95%)", 31.0, 0.0));
    plot.bars(&bars, "#9dbfe3");
    plot.dots(&units.iter().zip(1..).map(|(unit, x)| (f64::from(x), unit.median)).collect::<Vec<_>>(), "#c0392b");
    plot.finish()
}

/// The consistency ratio as one of three judgements is turned.
pub fn consistency() -> String {
    let points: Vec<(f64, f64)> = (0..=32)
        .filter_map(|step| {
            let judged = 9f64.powf(f64::from(step) / 16.0 - 1.0);
            let found = Ahp::of(&[vec![1.0, 2.0, judged], vec![0.5, 1.0, 2.0], vec![1.0 / judged, 0.5, 1.0]]).ok()?;
            Some((judged.log2(), found.consistency_ratio?))
        })
        .collect();
    let mut plot = Plot::new(
        "前两次判断都是 2 倍时,第三次只有说 4 倍才完全一致",
        ("第三次判断(以 2 为底的对数)", -3.2, 3.2),
        ("CR", 0.0, 2.0),
    );
    plot.line(&points, "#c0392b", "");
    plot.line(&[(-3.2, 0.1), (3.2, 0.1)], "#9aa4b1", "0.1");
    plot.finish()
}
