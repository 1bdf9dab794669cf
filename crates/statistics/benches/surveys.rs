//! Speed of the survey and composite methods against their limits, and against R where it is installed.

mod measure;

use measure::{Timing, gain};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::process::Command;
use yanpan_statistics::composites::{Column, rank_spread, simplex_draws};
use yanpan_statistics::surveys::disclosure::{Hierarchy, Rule, suppress};
use yanpan_statistics::surveys::rates::{BetaBinomial, Count, Hyperposterior, shrink};
use yanpan_statistics::surveys::scales::{Missing, Responses, careless, covariance, reliability};
use yanpan_statistics::surveys::weights::{Margin, rake};

/// One line: median and spread of the wall time on two threads against the limit, what the second thread gains, and the
/// peer's median where it could be run: its code, and how many times larger our case is than the peer's (the ratio takes the
/// peer as linear).
fn line(name: &str, limit: f64, peer: Option<(&str, f64)>, work: impl Fn() + Sync) {
    let (one, two) = (Timing::of(1, &work), Timing::of(2, &work));
    let [least, _, median, _, most] = two.wall;
    let verdict = if median <= limit { "ok" } else { "SLOW" };
    let measured = peer.and_then(|(code, times)| Some((seconds_in_r(code)?, times)));
    let said = measured.map_or_else(
        || "peer not run".to_owned(),
        |(seconds, times)| format!("R {seconds:.3} s × {times}, ratio {:.4}", median / (seconds * times)),
    );
    println!("{name:<48} {median:>7.3} s ({least:.3}–{most:.3}) limit {limit} s {verdict:<4} {said}");
    println!("    {}", gain(&one, &two));
}

/// What keeps the second thread from doing half of the work, printed under its line.
fn because(reason: &str) {
    println!("    {reason}");
}

/// The peer's own seconds, median of three, data made beforehand; `None` where R or a package is missing.
fn seconds_in_r(code: &str) -> Option<f64> {
    let five = format!(
        "suppressMessages({{{code}}}); t <- sapply(1:3, function(i) system.time(run())[['elapsed']]); cat(sprintf('%.4f', median(t)))"
    );
    let output = Command::new("Rscript").args(["-e", &five]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().parse().ok()).flatten()
}

fn counts(units: usize) -> Vec<Count> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    (0..units)
        .map(|_| {
            let n = random.random_range(8..400u64);
            let p = 0.7 + 0.2 * random.random::<f64>();
            Count { x: (0..n).filter(|_| random.random::<f64>() < p).count() as u64, n }
        })
        .collect()
}

fn shrinkage() {
    let counts = counts(100_000);
    let peer = "library(VGAM); set.seed(1); n <- sample(8:400, 2000, TRUE); x <- rbinom(2000, n, rbeta(2000, 40, 10)); \
                run <- function() vglm(cbind(x, n - x) ~ 1, betabinomial)";
    line("EB, 100,000 units (VGAM: fit of 2,000)", 0.5, Some((peer, 50.0)), || {
        let fitted = BetaBinomial::fit(&counts).and_then(|prior| Ok((prior, Hyperposterior::of(&counts)?)));
        if let Ok((prior, uncertain)) = fitted {
            black_box(shrink(&counts, &prior, &uncertain, 0.025));
        }
    });
}

fn raking() {
    let mut random = ChaCha8Rng::seed_from_u64(2);
    let rows = 200_000;
    let sizes = [12usize, 6, 40];
    let margins = sizes.map(|size| {
        let category = (0..rows).map(|_| (random.random::<f64>().powi(2) * size as f64) as u32).collect();
        Margin { category, totals: vec![1e6 / size as f64; size] }
    });
    let base = vec![1.0; rows];
    let peer = "library(survey); set.seed(1); d <- data.frame(a = factor(sample(12, 2e5, TRUE)), b = factor(sample(6, 2e5, TRUE)), \
                c = factor(sample(40, 2e5, TRUE))); s <- svydesign(~1, weights = rep(1, 2e5), data = d); \
                m <- function(v, k) setNames(data.frame(factor(1:k), 1e6 / k), c(v, 'Freq')); \
                run <- function() rake(s, list(~a, ~b, ~c), list(m('a', 12), m('b', 6), m('c', 40)), list(maxit = 500, epsilon = 1e-10))";
    line("raking, 200,000 × 3 margins", 0.2, Some((peer, 1.0)), || {
        let _ = black_box(rake(&base, &margins));
    });
    because("rows are shared out; the rounds over the distinct cells follow one from another and are not");
}

fn scale() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let cells = (0..1_000_000).flat_map(|_| {
        let level: f64 = random.random::<f64>() * 3.0;
        let answers: Vec<Option<f64>> = (0..30).map(|_| Some((level + 2.0 * random.random::<f64>()).ceil())).collect();
        answers
    });
    let Ok(responses) = Responses::new(30, cells) else { return };
    let peer = "library(psych); set.seed(1); x <- matrix(sample(5, 6e5, TRUE), 2e4); run <- function() alpha(x, warnings = FALSE)";
    line("careless and α, 1,000,000 × 30 (psych: α, 20,000)", 1.0, Some((peer, 50.0)), || {
        if let Ok(found) = covariance(&responses, Missing::Pairwise) {
            black_box(reliability(&found, responses.rows(), 0.95));
            let _ = black_box(careless(&responses, Some(&found)));
        }
    });
}

fn small_cells() {
    let mut random = ChaCha8Rng::seed_from_u64(4);
    for share in [0.01, 0.1, 0.5] {
        let counts: Vec<u64> =
            (0..50_000)
                .map(|_| {
                    if random.random::<f64>() < share {
                        random.random_range(0..10)
                    } else {
                        random.random_range(10..500)
                    }
                })
                .collect();
        let Ok(table) = Hierarchy::flat(1000, 50, &counts) else { return };
        line(&format!("suppression, 1,000 × 50, {share} small"), 2.0, None, || {
            let _ = black_box(suppress(&table, Rule { minimum: 10, width: 1 }));
        });
    }
    because(
        "small cells are searched in batches of sixteen; building the network and applying a batch are not shared out",
    );
}

fn composites() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let columns: Vec<Column> = (0..50).map(|_| (0..3000).map(|_| Some(random.random())).collect()).collect();
    let reference: Vec<f64> = (0..3000).map(|_| random.random()).collect();
    let draws = simplex_draws(10_000, 50, 1);
    let peer = "set.seed(1); x <- matrix(runif(150000), 3000); w <- matrix(rexp(50 * 200), 50); \
                run <- function() { s <- x %*% w; r <- apply(-s, 2, rank, ties.method = 'min'); apply(r, 1, quantile, c(.05, .5, .95)) }";
    line("composites, 3,000 × 50 × 10,000 (R: 200)", 2.0, Some((peer, 50.0)), || {
        black_box(rank_spread(&columns, &draws, &reference));
    });
}

fn main() {
    shrinkage();
    raking();
    scale();
    small_cells();
    composites();
}
