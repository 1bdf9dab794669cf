//! Speed of the detectors against their limits and, where installed, against R `surveillance` in the same run: median of five.
//!
//! Processor time of the measuring thread, not the clock on the wall, so that a busy machine does not change the answer.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement on data made here: it shall fail loudly"
)]

use std::hint::black_box;
use yanpan_statistics::detection::farrington::{
    ClassicParams, DelayParams, FlexibleParams, Predictor, ThresholdMethod, run_classic, run_delay,
};
use yanpan_statistics::detection::learned::{Learned, predictive};
use yanpan_statistics::detection::residual::residual;
use yanpan_statistics::detection::scan::{
    Input, Matrix, MonteCarlo, Place, Statistic, by_margins, nearest_neighbours, run,
};
use yanpan_statistics::detection::{Mode, Monitored, Series, Timeline, cusum, ears, ewma, glr};

/// Processor seconds of this thread so far, as the kernel counts them.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() * 1e-9
}

/// Median and range of five runs, in seconds.
fn five(mut work: impl FnMut()) -> [f64; 3] {
    work();
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            // the kernel counts in ticks of some milliseconds: repeat until they are small beside the whole
            let (start, mut runs) = (processor(), 0.0);
            while runs == 0.0 || processor() - start < 0.1 {
                work();
                runs += 1.0;
            }
            (processor() - start) / runs
        })
        .collect();
    times.sort_by(f64::total_cmp);
    [times[2], times[0], times[4]]
}

/// What R needs in the same run.
enum Peer {
    /// R has no such method.
    None,
    /// R or the package is missing.
    Missing,
    /// Microseconds a point.
    Takes(f64),
}

/// Microseconds a point that R needs for an expression over `points` points.
fn peer(expression: &str, points: f64) -> Peer {
    surveillance(expression, points).map_or(Peer::Missing, Peer::Takes)
}

fn surveillance(expression: &str, points: f64) -> Option<f64> {
    let program = format!(
        "suppressMessages(library(surveillance)); set.seed(1); x <- sts(matrix(rpois(400, 5)), frequency = 52); \
         t <- sapply(1:5, function(i) system.time({{ {expression} }})[['user.self']]); cat(median(t))"
    );
    let output = std::process::Command::new("Rscript").args(["-e", &program]).output().ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(1e6 * seconds / points)
}

/// A line of the table; `peer` is R's time where R has the method.
fn row(name: &str, per: f64, [median, least, most]: [f64; 3], limit: f64, peer: Peer) {
    let scale = 1e6 / per;
    let ratio = match peer {
        Peer::None => "— | —".to_owned(),
        Peer::Missing => "R or its package not installed: skipped | —".to_owned(),
        Peer::Takes(p) => format!("{p:.1} | {:.0}×", p / (median * scale)),
    };
    let verdict = if median * scale <= limit { "ok" } else { "OVER" };
    let (limit, verdict) = if limit.is_finite() { (limit.to_string(), verdict) } else { ("—".to_owned(), "—") };
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
    let n = counts.len() as f64;
    for (name, method, lag, short) in [("EARS C1", ears::Variant::C1, 0, "C1"), ("EARS C2", ears::Variant::C2, 2, "C2")]
    {
        let bound = ears::Bound::new(&ears::Params { method, ..ears::Params::default() });
        let work = || {
            let mut learned = Learned::default();
            for window in counts.windows(8 + lag) {
                black_box(bound.step(window[7 + lag], &window[..7], &mut learned));
            }
        };
        let r = peer(&format!("for (k in 1:20) earsC(x, control = list(method = '{short}'))"), 20.0 * 391.0);
        row(&format!("{name}, µs a point"), n, five(work), 0.1, r);
    }
    let sum = ears::Discrepancy::new(&ears::Params { method: ears::Variant::C3, ..ears::Params::default() });
    let work = || {
        let (mut learned, mut before) = (Learned::default(), [0.0; 2]);
        for window in counts.windows(10) {
            black_box(sum.step(window[9], &window[..7], (&mut before, &mut learned)));
        }
    };
    let r = peer("for (k in 1:20) earsC(x, control = list(method = 'C3'))", 20.0 * 389.0);
    row("EARS C3, µs a point", n, five(work), 0.1, r);
    let law = predictive(5.0, 1.0 / 28.0, 3);
    let rule = cusum::Rule::new(&cusum::Params::default(), Mode::Correct);
    let work = || {
        let mut state = cusum::State::default();
        for count in counts {
            black_box(state.step(residual(&law, *count), 0.0, &rule));
        }
    };
    let r = peer("for (k in 1:20) cusum(x, control = list(range = 53:400), verbose = FALSE)", 20.0 * 348.0);
    row("CUSUM of residuals, µs a point", n, five(work), 0.1, r);
    let work = || {
        let mut state = cusum::State::default();
        for count in counts {
            black_box(cusum::Transform::Rossi.step(&mut state, *count, (5.0, &rule)));
        }
    };
    row("CUSUM, Rossi, with its bound, µs a point", n, five(work), 0.1, Peer::None);
    let params = ewma::Params::default();
    let work = || {
        let mut state = ewma::State::default();
        for count in counts {
            black_box(state.step(residual(&law, *count), &params));
        }
    };
    row("EWMA of residuals, µs a point", n, five(work), f64::INFINITY, Peer::None);
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

/// GLR and the delay method have no limit of their own.
fn others(counts: &[f64]) {
    let timeline = Timeline::default();
    let series = Series::new(&counts[..400], None, &timeline).unwrap();
    let days = Monitored::Rows { from: 280, to: 399 };
    for (name, alpha, expression) in [
        ("GLR Poisson", Some(0.0), "glrpois(x, control = list(range = 281:400))"),
        ("GLR negative binomial", Some(0.1), "glrnb(x, control = list(range = 281:400, alpha = 0.1))"),
    ] {
        let params = glr::Params { alpha, ..glr::Params::default() };
        let work = || {
            black_box(glr::run(series, &params, days, Mode::Correct)).unwrap();
        };
        let r = peer(&format!("suppressMessages({expression})"), 120.0);
        row(&format!("{name}, µs a point"), 120.0, five(work), f64::INFINITY, r);
    }
    let work = || {
        black_box(run_delay(series, &DelayParams::default(), days)).unwrap();
    };
    let control = "range = 391:400, b = 5, w = 3, inferenceMethod = 'asym', mc.munu = 100, mc.y = 10";
    let r = peer(&format!("suppressWarnings(bodaDelay(x, control = list({control})))"), 10.0);
    row("delay, µs a point", 120.0, five(work), f64::INFINITY, r);
}

fn scan(counts: &[f64]) {
    let places: Vec<Place> = (0..300_u32)
        .map(|p| Place { x: f64::from(p % 20), y: f64::from(p / 20) * 1.1, population: f64::NAN })
        .collect();
    let table = Matrix { places: 300, values: counts[..300 * 28].to_vec() };
    let input = Input {
        baselines: by_margins(&table),
        overdispersion: Some(Matrix { places: 300, values: vec![1.5; 300 * 28] }),
        counts: table,
        zones: nearest_neighbours(&places, 24, 1.0).into_iter().take(6000).collect(),
        max_duration: 28,
        estimated_from: None,
        mode: Mode::Correct,
    };
    let name = format!("scan, 300 places, {} zones × 28 days × 999 replicates, s", input.zones.len());
    // a pool of this thread alone, so that its processor time is all there is
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
    for (kind, statistic) in [
        ("PB-Poisson", Statistic::PopulationPoisson),
        ("EB-Poisson", Statistic::ExpectationPoisson),
        ("EB-NegBin hotspot", Statistic::Hotspot),
        ("EB-NegBin emerging", Statistic::Emerging),
        ("permutation", Statistic::Permutation),
    ] {
        let work = || {
            let wanted = MonteCarlo { replicates: 999, seed: 1, stop_after: None };
            black_box(pool.install(|| run(statistic, &input, Some(&wanted)))).unwrap();
        };
        row(&format!("{kind} {name}"), 1e6, five(work), 2.0, Peer::None);
    }
}

/// 30,000 classes × 12 syndromes by streaming EARS, CUSUM and EWMA with p-values, then 15,000 schools and above by the flexible method,
/// each cold. The limit is for two cores; what is measured is all the work on one.
fn city() {
    let classes = 30_000 * 12;
    let mut bank = ears::Bank::new(&ears::Params { method: ears::Variant::C2, ..ears::Params::default() }, classes);
    let mut sums = cusum::Bank::new(&cusum::Params::default(), classes);
    let mut smooth = ewma::Bank::new(&ewma::Params::default(), classes);
    let day = counts(classes, 2);
    let means = vec![2.0; classes];
    for _ in 0..32 {
        bank.step(&day, |_, _| {});
        smooth.step(&day, |_, _| {});
    }
    let past = counts(15_000 + 400, 8);
    let timeline = Timeline::default();
    let params = FlexibleParams { periods: 10, skipped: Some(26), trend_level: 1.0, ..FlexibleParams::default() };
    let work = || {
        let look = |_: usize, point| {
            black_box(point);
        };
        bank.step(&day, look);
        sums.step(&day, &means, look);
        smooth.step(&day, look);
        let mut predictor = Predictor::default();
        for school in 0..15_000 {
            let series = Series::new(&past[school..school + 400], None, &timeline).unwrap();
            black_box(predictor.judge(series, &params, 399)).unwrap();
        }
    };
    let name =
        "a city's day, all on one core: 360,000 class series (EARS C2, CUSUM, EWMA) and 15,000 schools (flexible), s";
    row(name, 1e6, five(work), 5.0, Peer::None);
}

/// Megabytes of a million series in every streaming detector at once.
fn memory() {
    let before = resident();
    let series = 1_000_000;
    let day = vec![1.0; series];
    let mut bank = ears::Bank::new(&ears::Params { method: ears::Variant::C3, ..ears::Params::default() }, series);
    let mut sums = cusum::Bank::new(&cusum::Params::default(), series);
    let mut smooth = ewma::Bank::new(&ewma::Params::default(), series);
    bank.step(&day, |_, _| {});
    sums.step(&day, &day, |_, _| {});
    smooth.step(&day, |_, _| {});
    let used = resident() - before;
    let held = (bank.bytes() + sums.bytes() + smooth.bytes()) as f64 / 1e6;
    let verdict = if used <= 500.0 { "ok" } else { "OVER" };
    println!(
        "| 1,000,000 series in EARS C3, CUSUM and EWMA ({held:.0} MB of state), MB resident | {used:.0} | 500 | {verdict} | — | — |"
    );
}

/// Megabytes of this process in memory.
fn resident() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
}

fn main() {
    println!("| figure | median [range] | limit | | R, same unit | ratio |\n|---|---|---|---|---|---|");
    let data = counts(200_000, 5);
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let asked = |name: &str| words.is_empty() || words.iter().any(|word| word == name);
    let parts: [(&str, &dyn Fn()); 6] = [
        ("streams", &|| streams(&data)),
        ("regressions", &|| regressions(&data)),
        ("others", &|| others(&data)),
        ("scan", &|| scan(&data)),
        ("city", &city),
        ("memory", &memory),
    ];
    for (_, part) in parts.iter().filter(|(name, _)| asked(name)) {
        part();
    }
}
