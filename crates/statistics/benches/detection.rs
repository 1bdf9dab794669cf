//! Speed of the detectors against their limits and, where installed, against R `surveillance` in the same run. Median of five.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement on data made here: it shall fail loudly"
)]

use std::hint::black_box;
use std::time::Instant;
use yanpan_statistics::detection::farrington::{
    ClassicParams, FlexibleParams, Predictor, ThresholdMethod, run_classic,
};
use yanpan_statistics::detection::scan::{
    Input, Matrix, MonteCarlo, Place, Statistic, by_margins, nearest_neighbours, run,
};
use yanpan_statistics::detection::{Mode, Monitored, Series, Timeline, cusum, ears};

/// Median and range of five runs, in seconds.
fn five(mut work: impl FnMut()) -> [f64; 3] {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    [times[2], times[0], times[4]]
}

/// Microseconds a point that R needs for an expression over `points` points; `None` when R or the package is missing.
fn peer(expression: &str, points: f64) -> Option<f64> {
    let program = format!(
        "suppressMessages(library(surveillance)); set.seed(1); x <- sts(matrix(rpois(400, 5)), frequency = 52); \
         t <- sapply(1:5, function(i) system.time({{ {expression} }})[['user.self']]); cat(median(t))"
    );
    let output = std::process::Command::new("Rscript").args(["-e", &program]).output().ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(1e6 * seconds / points)
}

fn row(name: &str, per: f64, [median, least, most]: [f64; 3], limit: f64, peer: Option<f64>) {
    let scale = 1e6 / per;
    let ratio = peer.map_or_else(|| "R not installed".to_owned(), |p| format!("{p:.1} | {:.0}×", p / (median * scale)));
    let verdict = if median * scale <= limit { "ok" } else { "OVER" };
    println!(
        "| {name} | {:.4} [{:.4}–{:.4}] | {limit} | {verdict} | {ratio} |",
        median * scale,
        least * scale,
        most * scale
    );
}

/// Reproducible counts around a mean, without a random generator.
fn counts(n: usize, mean: u64) -> Vec<f64> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..n).map(|_| ((0..4).map(|_| next() % (mean + 1)).sum::<u64>() / 2) as f64).collect()
}

fn streams(counts: &[f64]) {
    let bound = ears::Bound::new(&ears::Params::default());
    let n = counts.len() as f64;
    let work = || {
        for window in counts.windows(7) {
            black_box(bound.of(window));
        }
    };
    row("EARS C1, µs a point", n, five(work), 0.1, peer("for (k in 1:20) earsC(x)", 20.0 * 393.0));
    let rule = cusum::Rule::new(&cusum::Params::default(), Mode::Correct);
    let work = || {
        let mut state = cusum::State::default();
        for count in counts {
            black_box(state.step(*count, 5.0, &rule));
        }
    };
    let r = peer("for (k in 1:20) cusum(x, control = list(range = 53:400), verbose = FALSE)", 20.0 * 348.0);
    row("CUSUM, µs a point", n, five(work), 0.1, r);
}

fn regressions(counts: &[f64]) {
    let timeline = Timeline::default();
    let series = Series::new(&counts[..400], None, &timeline).unwrap();
    let days = Monitored::Rows { from: 280, to: 399 };
    let work = || {
        black_box(run_classic(series, &ClassicParams::default(), days, Mode::Correct)).unwrap();
    };
    let r = peer("farrington(x, control = list(range = 281:400), verbose = FALSE)", 120.0);
    row("Farrington, µs a point", 120.0, five(work), 30.0, r);
    let params = FlexibleParams {
        periods: 10,
        skipped: Some(26),
        trend_level: 1.0,
        threshold: Some(ThresholdMethod::NbPlugin),
        ..FlexibleParams::default()
    };
    let work = || {
        let mut predictor = Predictor::default();
        for index in 280..400 {
            black_box(predictor.judge(series, &params, index)).unwrap();
        }
    };
    let control =
        "range = 281:400, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1, thresholdMethod = 'nbPlugin'";
    let r = peer(&format!("farringtonFlexible(x, control = list({control}))"), 120.0);
    row("Farrington flexible, 10 periods, b = 5, µs a point", 120.0, five(work), 60.0, r);
}

fn scan(counts: &[f64]) {
    let places: Vec<Place> = (0..300_u32)
        .map(|p| Place { x: f64::from(p % 20), y: f64::from(p / 20) * 1.1, population: f64::NAN })
        .collect();
    let table = Matrix { places: 300, values: counts[..300 * 28].to_vec() };
    let input = Input {
        baselines: by_margins(&table),
        counts: table,
        overdispersion: None,
        zones: nearest_neighbours(&places, 20, 1.0),
        max_duration: 28,
    };
    let name = format!("scan, 300 places, {} zones × 28 days × 999 replicates, s", input.zones.len());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for (kind, statistic) in [("PB-Poisson", Statistic::PopulationPoisson), ("permutation", Statistic::Permutation)] {
        let work = || {
            let wanted = MonteCarlo { replicates: 999, seed: 1, stop_after: None };
            black_box(pool.install(|| run(statistic, &input, Some(&wanted)))).unwrap();
        };
        row(&format!("{kind} {name}"), 1e6, five(work), 2.0, None);
    }
}

fn city() {
    let classes = 30_000 * 12;
    let mut bank = ears::Bank::new(&ears::Params { method: ears::Variant::C2, ..ears::Params::default() }, classes);
    let day = counts(classes, 2);
    for _ in 0..9 {
        bank.step(&day, |_, _| {});
    }
    let work = || {
        bank.step(&day, |_, point| {
            black_box(point);
        });
    };
    row("a city's day: 30,000 classes × 12 syndromes, EARS C2 with p-values, s", 1e6, five(work), 5.0, None);
    let million = ears::Bank::new(&ears::Params { method: ears::Variant::C2, ..ears::Params::default() }, 1_000_000);
    println!("| 1,000,000 streaming series, MB | {} | 500 | ok | |", million.bytes() / 1_000_000);
}

fn main() {
    println!("| figure | median [range] | limit | | R, same unit | ratio |\n|---|---|---|---|---|---|");
    let data = counts(200_000, 5);
    streams(&data);
    regressions(&data);
    scan(&data);
    city();
}
