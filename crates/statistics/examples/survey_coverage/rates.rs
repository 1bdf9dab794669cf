//! Coverage of the shrunken intervals and of joint rank intervals.

use crate::random::{beta, binomial, stream};
use crate::{REPLICATIONS, percent};
use rand::RngExt;
use rayon::prelude::*;
use yanpan_statistics::surveys::distributions::normal_quantile;
use yanpan_statistics::surveys::rates::{
    BetaBinomial, Count, Hyperposterior, Interval, rank_intervals, shrink, wilson,
};

/// Units, their true rates and their counts.
fn draw(line: u64, replication: usize, units: usize, (mu, size): (f64, f64)) -> (Vec<f64>, Vec<Count>) {
    let mut random = stream(line, replication);
    (0..units)
        .map(|_| {
            let p = beta(&mut random, mu * size, (1.0 - mu) * size);
            let n = random.random_range(8..=40);
            (p, Count { x: binomial(&mut random, n, p), n })
        })
        .unzip()
}

/// Empirical Bayes: plug-in against corrected, averaged over units.
pub fn shrinkage_table() {
    println!("## 经验贝叶斯区间(每单位 8–40 份回答,均值 0.8,%)\n");
    println!("代入式(plug-in)在单位少、或单位之间差异小(a + b 大)时窄得多:已知的例外;修正式(corrected)是默认。\n");
    println!("| 单位数 | a + b | 代入式 | 修正式 | 不能拟合的次数 |\n|--:|--:|--:|--:|--:|");
    let mut corrected_sum = Vec::new();
    let mut line = 100;
    for units in [5, 10, 20, 30, 100] {
        for size in [8.0, 40.0, 200.0] {
            line += 1;
            let found: Vec<Option<(usize, usize)>> = (0..REPLICATIONS)
                .into_par_iter()
                .map(|replication| {
                    let (truth, counts) = draw(line, replication, units, (0.8, size));
                    let prior = BetaBinomial::fit(&counts).ok()?;
                    let uncertain = Hyperposterior::of(&counts).ok()?;
                    let shrunk = shrink(&counts, &prior, &uncertain, 0.025);
                    let inside = |interval: Interval, p: f64| interval.low <= p && p <= interval.high;
                    let count = |pick: fn(&yanpan_statistics::surveys::rates::Shrunk) -> Interval| {
                        shrunk.iter().zip(&truth).filter(|(unit, p)| inside(pick(unit), **p)).count()
                    };
                    Some((count(|unit| unit.plug_in), count(|unit| unit.corrected)))
                })
                .collect();
            let fitted: Vec<(usize, usize)> = found.iter().flatten().copied().collect();
            let (plug_in, corrected) = fitted.iter().fold((0, 0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
            let trials = (fitted.len() * units) as f64;
            corrected_sum.push(corrected as f64 / trials);
            let failed = REPLICATIONS - fitted.len();
            println!(
                "| {units} | {size} | {} | {} | {failed} |",
                percent(plug_in as f64, trials),
                percent(corrected as f64, trials)
            );
        }
    }
    println!("\n修正式全格平均 {:.2} %。\n", 100.0 * corrected_sum.iter().sum::<f64>() / corrected_sum.len() as f64);
}

/// Joint rank intervals: all ranks right together.
pub fn rank_table() {
    println!(
        "## 联合名次区间(名义 90 %,全部单位同时正确的次数,%)\n\n| 单位数 | 每单位回答数 | 覆盖 | 平均宽度(名次) |\n|--:|--:|--:|--:|"
    );
    for (line, (units, n)) in [(10, 30), (10, 300), (50, 300)].into_iter().enumerate() {
        let z = normal_quantile(0.5 + 0.5 * 0.9f64.powf(1.0 / units as f64));
        let found: Vec<(bool, f64)> = (0..REPLICATIONS)
            .into_par_iter()
            .map(|replication| {
                let mut random = stream(300 + line as u64, replication);
                let truth: Vec<f64> = (0..units).map(|_| beta(&mut random, 16.0, 4.0)).collect();
                let intervals: Vec<_> =
                    truth.iter().map(|p| wilson(Count { x: binomial(&mut random, n, *p), n }, z)).collect();
                let ranks = rank_intervals(&intervals);
                let right = ranks.iter().flatten().zip(&truth).all(|(rank, p)| {
                    let own = 1 + truth.iter().filter(|other| *other > p).count();
                    rank.best <= own && own <= rank.worst
                });
                let width =
                    ranks.iter().flatten().map(|rank| rank.worst - rank.best).sum::<usize>() as f64 / units as f64;
                (right, width)
            })
            .collect();
        let right = found.iter().filter(|(right, _)| *right).count() as f64;
        let width = found.iter().map(|(_, width)| width).sum::<f64>() / REPLICATIONS as f64;
        println!("| {units} | {n} | {} | {width:.1} |", percent(right, REPLICATIONS as f64));
    }
    println!("\n联合区间是保守的:它宁可说「分不出」。\n");
}
