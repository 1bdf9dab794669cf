//! Plots of weights, reliability, association and suppression.

use crate::svg::Plot;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yanpan_statistics::surveys::disclosure::{Cell, Hierarchy, Rule, suppress};
use yanpan_statistics::surveys::scales::{Missing, Responses, covariance, reliability};
use yanpan_statistics::surveys::tables::associate;
use yanpan_statistics::surveys::weights::{Margin, kish_effect, rake};

/// Design effect as the sample leans further from the population.
pub fn raking() -> String {
    let points: Vec<(f64, f64)> = (1..=45)
        .filter_map(|step| {
            let share = f64::from(step) / 50.0;
            let few = (1000.0 * share) as usize;
            let category = (0..1000).map(|row| u32::from(row >= few)).collect();
            let raked = rake(&[1.0; 1000], &[Margin { category, totals: vec![500.0, 500.0] }]).ok()?;
            Some((100.0 * share, kish_effect(&raked.weights)))
        })
        .collect();
    let mut plot = Plot::new(
        "样本越偏,加权后等于白收的问卷越多",
        ("样本里占总体一半的那类人的比例(%)", 0.0, 100.0),
        ("设计效应", 0.0, 14.0),
    );
    plot.line(&points, "#c0392b", "设计效应 n Σw² / (Σw)²");
    plot.finish()
}

/// α as more and more rows are straight lines.
pub fn reliability_by_straight_lines() -> String {
    let mut random = ChaCha8Rng::seed_from_u64(21);
    let people = 2000;
    let careful: Vec<f64> = (0..people * 8).map(|_| f64::from(random.random_range(1..=5u32))).collect();
    let points: Vec<(f64, f64)> = (0..=18)
        .filter_map(|step| {
            let straight = people * step / 20;
            let cells = careful.chunks_exact(8).enumerate().flat_map(|(row, answers)| {
                let first = answers.first().copied();
                answers.iter().map(move |answer| if row < straight { first } else { Some(*answer) })
            });
            let found = covariance(&Responses::new(8, cells).ok()?, Missing::Listwise).ok()?;
            Some((5.0 * step as f64, reliability(&found, people, 0.95).0.alpha))
        })
        .collect();
    let mut plot =
        Plot::new("题目毫无关联,只因一路选同一个答案,α 也能到 0.9", ("直线作答者(%)", 0.0, 90.0), ("α", 0.0, 1.0));
    plot.line(&points, "#c0392b", "8 道互不相关的题");
    plot.finish()
}

/// Cramér's V and its interval as the sample grows, the shares staying the same.
pub fn association() -> String {
    let mut plot = Plot::new("同样的比例,人少时 V 什么也没说", ("人数(对数)", 1.4, 4.0), ("V", 0.0, 0.6));
    let shares = [[0.22, 0.10, 0.08], [0.12, 0.14, 0.10], [0.06, 0.08, 0.10]];
    for step in 0..=12 {
        let size = 1.5 + 0.2 * f64::from(step);
        let table: Vec<Vec<f64>> =
            shares.iter().map(|row| row.iter().map(|share| (share * 10f64.powf(size)).round()).collect()).collect();
        if let Ok((found, _)) = associate(&table, 0.95) {
            plot.bars(&[(size, found.v_lo, found.v_hi)], "#9dbfe3");
            plot.dots(&[(size, found.cramers_v)], "#c0392b");
        }
    }
    plot.finish()
}

/// Cells hidden in all against small cells, by the share of small cells.
pub fn suppression() -> String {
    let mut random = ChaCha8Rng::seed_from_u64(31);
    let (mut small, mut all) = (Vec::new(), Vec::new());
    for step in 0..=15 {
        let share = f64::from(step) / 50.0;
        let counts: Vec<u64> =
            (0..2000)
                .map(|_| {
                    if random.random::<f64>() < share {
                        random.random_range(1..10)
                    } else {
                        random.random_range(10..300)
                    }
                })
                .collect();
        let pattern =
            Hierarchy::flat(100, 20, &counts).and_then(|table| suppress(&table, Rule { minimum: 10, width: 1 }));
        if let Ok(pattern) = pattern {
            let count =
                |hidden: &dyn Fn(&Cell) -> bool| pattern.cells.iter().filter(|cell| hidden(cell)).count() as f64 / 20.0;
            small.push((100.0 * share, count(&|cell| *cell == Cell::Primary)));
            all.push((100.0 * share, count(&|cell| *cell != Cell::Shown)));
        }
    }
    let mut plot =
        Plot::new("小格一多就互相掩护,陪着隐藏的格反而少", ("小格比例(%)", 0.0, 30.0), ("隐藏的格(%)", 0.0, 40.0));
    plot.line(&small, "#9aa4b1", "小格");
    plot.line(&all, "#c0392b", "共隐藏");
    plot.finish()
}
