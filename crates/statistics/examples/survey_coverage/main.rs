//! Prints how often the intervals of the survey methods hold the truth, as a page: `> docs/methods/surveys-coverage.md`.

mod exact;
mod random;
mod rates;
mod scales;

/// Replications of every simulated line.
const REPLICATIONS: usize = 2000;

/// A share of `hits` in percent with its Monte Carlo standard error.
fn percent(hits: f64, trials: f64) -> String {
    let share = hits / trials;
    format!("{:.1} ± {:.1}", 100.0 * share, 100.0 * (share * (1.0 - share) / trials).sqrt())
}

fn main() {
    println!("# 区间的覆盖率\n");
    println!("名义水平 95 %。由命令 `cargo run --release -p yanpan-statistics --example survey_coverage` 生成;");
    println!("模拟每格 {REPLICATIONS} 次,± 后是模拟的标准误;精确枚举的没有误差。\n");
    exact::wilson_table();
    exact::newcombe_table();
    rates::shrinkage_table();
    rates::rank_table();
    scales::raking_table();
    scales::alpha_table();
    scales::association_table();
    scales::trend_table();
}
