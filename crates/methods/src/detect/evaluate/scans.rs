//! The scan statistics on simulated districts: how often they alarm for nothing, and how soon they see a cluster.

use super::EvaluateArgs;
use super::page::percent;
use super::tables::seed;
use rayon::prelude::*;
use std::fmt::Write as _;
use yanpan_statistics::detection::Mode;
use yanpan_statistics::detection::evaluation::{Cluster, Panel, Share, panel};
use yanpan_statistics::detection::scan::{
    Input, Matrix, MonteCarlo, Place, Statistic, by_margins, by_population, nearest_neighbours, run,
};

/// Days of history, and the longest window.
const DAYS: usize = 42;
/// Longest window in days.
const LONGEST: usize = 7;
/// Days the expected counts are estimated from.
const BEFORE: usize = DAYS - LONGEST;
/// Level of an alarm on a day.
const LEVEL: f64 = 0.05;

/// The methods with their names on the command line, and whether the error of estimated expected counts belongs to the null law.
const METHODS: [(&str, Statistic, bool); 7] = [
    ("scan-pb-poisson", Statistic::PopulationPoisson, false),
    ("scan-eb-poisson,不给 `baseline_rows`", Statistic::ExpectationPoisson, false),
    ("scan-eb-poisson", Statistic::ExpectationPoisson, true),
    ("scan-eb-negbin(hotspot),不给 `baseline_rows`", Statistic::Hotspot, false),
    ("scan-eb-negbin(hotspot)", Statistic::Hotspot, true),
    ("scan-eb-negbin(emerging)", Statistic::Emerging, true),
    ("scan-permutation", Statistic::Permutation, false),
];

/// The table.
pub(super) fn table(args: &EvaluateArgs) -> String {
    // quick beside the others: more districts, narrower intervals
    let trials = 10 * args.series.max(2);
    let mut text = format!(
        "\n### 扫描统计量\n\n30 个地点,每地每日均数 0.5–1.5 例,{DAYS} 日,最长窗口 {LONGEST} 日,99 次重复,p ≤ {LEVEL} 报警。误报率:没有聚集的 {trials} 个区(括号内 95 % 区间),应为 {} %。发现率:相邻两地最后几日均数变为 4 倍。期望数:人口法与置换法由表本身,期望法与负二项法由窗口之前的 {BEFORE} 日估计(离散度也是),估计误差计入重复(`baseline_rows` = {BEFORE});「不给」的两行把估计的期望数当作已知,误报就多。泊松各法的 5 % 只对离散度 1 成立;过度离散的数用负二项法。\n\n| 方法 | 误报 %:离散度 1 | 离散度 1.5 | 离散度 3 | 发现 %:第 1 日 | 第 3 日 | 第 7 日 |\n|---|---|---|---|---|---|---|\n",
        100.0 * LEVEL
    );
    for (name, statistic, estimated) in METHODS {
        let share = |law: Panel, cluster: Option<Cluster>| {
            let hit = |number: u64| alarms((statistic, estimated), &law, cluster, seed(args.seed, number));
            Share { hits: (0..trials).into_par_iter().filter(|n| hit(*n)).count() as f64, of: trials as f64 }
        };
        let law = |dispersion| Panel { mean: 1.0, dispersion, days: DAYS };
        let _ = write!(text, "| {name} |");
        for dispersion in [1.0, 1.5, 3.0] {
            let _ = write!(text, " {} |", percent(share(law(dispersion), None), 1));
        }
        for days in [1, 3, 7] {
            let _ = write!(text, " {} |", percent(share(law(1.5), Some(Cluster { days, factor: 4.0 })), 0));
        }
        text.push('\n');
    }
    text
}

/// Whether a scan alarms on the last day of a simulated district.
fn alarms((statistic, estimated): (Statistic, bool), law: &Panel, cluster: Option<Cluster>, seed: u64) -> bool {
    let (places, counts) = panel(law, cluster, seed);
    let (baselines, overdispersion) = expected(statistic, &places, &counts);
    let zones = nearest_neighbours(&places, 8, 0.5);
    let input = Input {
        counts,
        baselines,
        overdispersion: Some(overdispersion),
        zones,
        max_duration: LONGEST,
        estimated_from: estimated.then_some(BEFORE as f64),
        mode: Mode::Correct,
    };
    let wanted = MonteCarlo { replicates: 99, seed: !seed, stop_after: None };
    let found = run(statistic, &input, Some(&wanted));
    found.is_ok_and(|found| found.significance.is_some_and(|s| s.p_value <= LEVEL))
}

/// Expected counts as each statistic takes them, and overdispersion.
fn expected(statistic: Statistic, places: &[Place], counts: &Matrix) -> (Matrix, Matrix) {
    let flat = |value: f64| Matrix { places: counts.places, values: vec![value; counts.values.len()] };
    match statistic {
        Statistic::PopulationPoisson => {
            let people = (0..counts.rows()).flat_map(|_| places.iter().map(|place| place.population)).collect();
            (by_population(counts, &Matrix { places: counts.places, values: people }), flat(1.0))
        }
        Statistic::Permutation => (by_margins(counts), flat(1.0)),
        Statistic::ExpectationPoisson | Statistic::Hotspot | Statistic::Emerging => {
            let before: Vec<&[f64]> = counts.values.chunks_exact(counts.places).take(BEFORE).collect();
            let n = before.len() as f64;
            let mean = |place: usize| before.iter().filter_map(|row| row.get(place)).sum::<f64>() / n;
            let means: Vec<f64> = (0..counts.places).map(mean).collect();
            let squares: f64 = before.iter().flat_map(|row| row.iter().zip(&means).map(|(y, m)| (y - m).powi(2))).sum();
            let dispersion = squares / (n - 1.0) / means.iter().sum::<f64>();
            let values = (0..counts.rows()).flat_map(|_| means.iter().copied()).collect();
            (Matrix { places: counts.places, values }, flat(dispersion.max(1.0)))
        }
    }
}
