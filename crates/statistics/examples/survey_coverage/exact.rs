//! Coverage of the score intervals by adding up every outcome: no simulation error.

use yanpan_statistics::surveys::distributions::{binomial_cdf, normal_quantile};
use yanpan_statistics::surveys::rates::{Count, Interval, newcombe, wilson};

const P: [f64; 9] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 0.9, 0.95];

fn mass(x: u64, n: u64, p: f64) -> f64 {
    binomial_cdf(x as f64, n as f64, p) - binomial_cdf(x as f64 - 1.0, n as f64, p)
}

fn holds(interval: Option<Interval>, truth: f64) -> bool {
    interval.is_some_and(|interval| interval.low <= truth && truth <= interval.high)
}

/// Wilson's interval, by n and p.
pub fn wilson_table() {
    let z = normal_quantile(0.975);
    println!(
        "## Wilson 区间(精确枚举,%)\n\n逐点覆盖率在名义水平上下摆动,n 小而 p 近 0 或 1 时最低:这是已知的例外;平均在 95 % 左右。\n"
    );
    println!("| n | {} | 平均 |", P.map(|p| format!("p={p}")).join(" | "));
    println!("|{}", "--:|".repeat(P.len() + 2));
    let (mut sum, mut cells) = (0.0, 0.0);
    for n in [8, 10, 20, 30, 50, 100, 400] {
        let coverage =
            P.map(|p| (0..=n).filter(|x| holds(wilson(Count { x: *x, n }, z), p)).map(|x| mass(x, n, p)).sum::<f64>());
        let mean = coverage.iter().sum::<f64>() / P.len() as f64;
        println!(
            "| {n} | {} | {:.1} |",
            coverage.map(|share| format!("{:.1}", 100.0 * share)).join(" | "),
            100.0 * mean
        );
        sum += coverage.iter().sum::<f64>();
        cells += P.len() as f64;
    }
    println!("\n全格平均 {:.2} %。\n", 100.0 * sum / cells);
}

/// Newcombe's interval of a difference.
pub fn newcombe_table() {
    let z = normal_quantile(0.975);
    println!(
        "## Newcombe 差的区间(精确枚举,%)\n\n| n₁ | n₂ | p₁=0.9, p₂=0.9 | 0.9, 0.7 | 0.8, 0.6 | 0.5, 0.5 | 0.5, 0.3 |\n|--:|--:|--:|--:|--:|--:|--:|"
    );
    let (mut sum, mut cells) = (0.0, 0.0);
    for (n1, n2) in [(10, 10), (10, 40), (20, 20), (40, 40), (100, 60)] {
        let coverage = [(0.9, 0.9), (0.9, 0.7), (0.8, 0.6), (0.5, 0.5), (0.5, 0.3)].map(|(p1, p2)| {
            let pairs = (0..=n1).flat_map(|x1| (0..=n2).map(move |x2| (x1, x2)));
            let inside =
                pairs.filter(|(x1, x2)| holds(newcombe(Count { x: *x1, n: n1 }, Count { x: *x2, n: n2 }, z), p1 - p2));
            inside.map(|(x1, x2)| mass(x1, n1, p1) * mass(x2, n2, p2)).sum::<f64>()
        });
        println!("| {n1} | {n2} | {} |", coverage.map(|share| format!("{:.1}", 100.0 * share)).join(" | "));
        sum += coverage.iter().sum::<f64>();
        cells += 5.0;
    }
    println!("\n全格平均 {:.2} %。\n", 100.0 * sum / cells);
}
