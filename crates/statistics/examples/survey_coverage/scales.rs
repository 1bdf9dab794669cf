//! Coverage of the raked mean, of α, of Cramér's V and of slopes.

use crate::random::{normal, stream};
use crate::{REPLICATIONS, percent};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use yanpan_statistics::surveys::scales::{Missing, Responses, covariance, reliability};
use yanpan_statistics::surveys::tables::associate;
use yanpan_statistics::surveys::trends::{least_squares, theil_sen};
use yanpan_statistics::surveys::weights::{Design, Margin, rake};

/// How many replications answer yes, of those that answer at all.
fn share(line: u64, trial: impl Fn(&mut ChaCha8Rng) -> Option<bool> + Sync) -> String {
    let found: Vec<Option<bool>> =
        (0..REPLICATIONS).into_par_iter().map(|replication| trial(&mut stream(line, replication))).collect();
    let answered = found.iter().flatten().count() as f64;
    percent(found.iter().flatten().filter(|hit| **hit).count() as f64, answered)
}

/// Raked mean with linearised error: a sample that answers unevenly by two traits on which the mean depends.
pub fn raking_table() {
    println!("## 耙式加权均值(线性化标准误,%)\n\n| 样本 | 不加权 | 加权 |\n|--:|--:|--:|");
    for (line, rows) in [(400, 100), (401, 400), (402, 1600)] {
        let trial = |random: &mut ChaCha8Rng, weighted: bool| {
            let (mut a, mut b, mut values) = (Vec::new(), Vec::new(), Vec::new());
            while values.len() < rows {
                let (first, second) = (random.random_range(0..3u32), random.random_range(0..2u32));
                let answers = 0.3 + 0.2 * f64::from(first) + 0.2 * f64::from(second);
                if random.random::<f64>() < answers {
                    values.push(Some(f64::from(first) + 2.0 * f64::from(second) + normal(random)));
                    a.push(first);
                    b.push(second);
                }
            }
            let margins =
                [Margin { category: a, totals: vec![2000.0; 3] }, Margin { category: b, totals: vec![3000.0; 2] }];
            let base = vec![1.0; rows];
            let estimate = if weighted {
                let raked = rake(&base, &margins).ok()?;
                Design::default().mean(&raked.weights, &values, &margins).ok()?
            } else {
                Design::default().mean(&base, &values, &[]).ok()?
            };
            Some((estimate.mean - 2.0).abs() <= 1.959_964 * estimate.se)
        };
        println!(
            "| {rows} | {} | {} |",
            share(line, |random| trial(random, false)),
            share(line, |random| trial(random, true))
        );
    }
    println!();
}

/// Feldt's interval on parallel normal items.
pub fn alpha_table() {
    println!("## α 的 Feldt 区间(平行正态题目,%)\n\n| 题数 | 人数 | 真 α=0.7 | 真 α=0.9 |\n|--:|--:|--:|--:|");
    for (line, (items, people)) in [(500, (5, 30)), (510, (5, 200)), (520, (20, 30)), (530, (20, 200))] {
        let cell = |alpha: f64, line: u64| {
            let k = items as f64;
            let r = alpha / (k - (k - 1.0) * alpha);
            share(line, move |random| {
                let cells: Vec<Option<f64>> = (0..people)
                    .flat_map(|_| {
                        let common = normal(random) * r.sqrt();
                        (0..items).map(|_| Some(common + normal(random) * (1.0 - r).sqrt())).collect::<Vec<_>>()
                    })
                    .collect();
                let found = covariance(&Responses::new(items, cells).ok()?, Missing::Listwise).ok()?;
                let (whole, _) = reliability(&found, people, 0.95);
                Some(whole.alpha_lo <= alpha && alpha <= whole.alpha_hi)
            })
        };
        println!("| {items} | {people} | {} | {} |", cell(0.7, line), cell(0.9, line + 1));
    }
    println!();
}

/// Cramér's V on 3 × 3 tables with a common diagonal excess.
pub fn association_table() {
    println!("## Cramér V 的区间(3 × 3 表,%)\n\n| n | V=0.1 | V=0.3 | V=0.5 |\n|--:|--:|--:|--:|");
    for (line, n) in [(600, 60), (610, 200), (620, 1000)] {
        let cells = [0.1, 0.3, 0.5].map(|v: f64| {
            share(line + (v * 10.0) as u64, move |random| {
                let mut table = vec![vec![0.0; 3]; 3];
                for _ in 0..n {
                    let row = random.random_range(0..3usize);
                    // With probability V the column repeats the row, else it is free: φ² / 2 = V².
                    let column = if random.random::<f64>() < v { row } else { random.random_range(0..3) };
                    if let Some(cell) = table.get_mut(row).and_then(|cells: &mut Vec<f64>| cells.get_mut(column)) {
                        *cell += 1.0;
                    }
                }
                let (found, _) = associate(&table, 0.95).ok()?;
                Some(found.v_lo <= v && v <= found.v_hi)
            })
        });
        println!("| {n} | {} |", cells.join(" | "));
    }
    println!();
}

/// Slopes with normal and with heavy-tailed noise.
pub fn trend_table() {
    println!(
        "## 斜率的区间(%)\n\n期数很少时 Theil–Sen 的区间只能取到有限几个秩,偏保守或偏窄。\n\n| 期数 | Theil–Sen 正态 | 最小二乘 正态 | Theil–Sen 重尾 | 最小二乘 重尾 |\n|--:|--:|--:|--:|--:|"
    );
    for (line, periods) in [(700, 6), (710, 10), (720, 20), (730, 40)] {
        let cell = |robust: bool, heavy: bool, line: u64| {
            share(line, move |random| {
                let pairs: Vec<(f64, f64)> = (0..periods)
                    .map(|t| {
                        let noise = normal(random);
                        let scale =
                            if heavy { (normal(random).powi(2) + normal(random).powi(2)).max(1e-9) / 2.0 } else { 1.0 };
                        (f64::from(t), 0.5 * f64::from(t) + noise / scale.sqrt())
                    })
                    .collect();
                let (low, high) = if robust {
                    theil_sen(&pairs, 0.95).map(|found| (found.slope_lo, found.slope_hi)).ok()?
                } else {
                    let found = least_squares(&pairs, 0.95).ok()?;
                    (found.slope_lo?, found.slope_hi?)
                };
                Some(low <= 0.5 && 0.5 <= high)
            })
        };
        let cells = [
            cell(true, false, line),
            cell(false, false, line),
            cell(true, true, line + 1),
            cell(false, true, line + 1),
        ];
        println!("| {periods} | {} |", cells.join(" | "));
    }
}
