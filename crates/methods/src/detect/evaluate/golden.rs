//! Injected outbreaks in real series: the cases in a folder, their last year judged.

use super::super::counts::{Cell, Grid};
use super::EvaluateArgs;
use super::page::{COMPARISON, line};
use super::roster::roster;
use super::tables::seed;
use std::fmt::Write as _;
use std::path::Path;
use yanpan_kernel::problem::{FILE_UNREADABLE, Problem};
use yanpan_statistics::detection::evaluation::{Outbreak, Trial, calibrate, inject, measure};

/// Years a detector may look back: most of the series are short.
const YEARS: usize = 3;
/// Trials per series.
const TRIALS: u64 = 20;
/// Days judged before the outbreak.
const BEFORE: usize = 30;

/// A real series.
struct Real {
    name: String,
    frequency: usize,
    counts: Vec<f64>,
}

/// The table.
///
/// # Errors
/// The folder or a table in it cannot be read.
pub(super) fn table(args: &EvaluateArgs, folder: &Path) -> Result<String, Vec<Problem>> {
    let mut text = format!(
        "\n### 误报率相同({} %)时的比较:真实序列里放入暴发\n\n每条序列最后一年里随机放入 {TRIALS} 次规模为标准差 {} 倍的暴发(每次一次),判断暴发前 {BEFORE} 点到其后 14 点。「误报」含真实序列自己的暴发,所以偏高。\n",
        100.0 * args.rate,
        args.size
    );
    for frequency in [52, 365] {
        let series: Vec<Real> = real(folder)?.into_iter().filter(|one| one.frequency == frequency).collect();
        if series.is_empty() {
            continue;
        }
        let names: Vec<&str> = series.iter().map(|one| one.name.as_str()).collect();
        let years = if frequency == 365 { 1 } else { YEARS };
        let _ = write!(text, "\n**每年 {frequency} 点:{}**(回看 {years} 年)\n\n{COMPARISON}", names.join("、"));
        let source = |number: u64, outbreak: bool| trial(args, &series, (number, outbreak));
        for entry in roster(frequency, years, false) {
            let trials = ((TRIALS * series.len() as u64) as f64 * if entry.trials < 0.2 { 0.3 } else { 1.0 }) as u64;
            let scores = entry.scores(frequency);
            let limit = calibrate(&source, trials, args.rate, &*scores);
            let found = measure(&source, trials, limit, &*scores);
            text.push_str(&line(&format!("{}({})", entry.name, entry.setting), &found));
        }
    }
    Ok(text)
}

/// A stretch of a series, with an outbreak or without.
fn trial(args: &EvaluateArgs, series: &[Real], (number, outbreak): (u64, bool)) -> Trial {
    let Some(one) = series.get(number as usize % series.len().max(1)) else { return Trial::default() };
    let year = one.frequency.min(one.counts.len());
    let place = seed(args.seed, number).wrapping_mul(0xD134_2543_DE82_EF95) >> 33;
    let start = one.counts.len() - year + 30.min(year / 2) + place as usize % (year - 30.min(year / 2) - 15).max(1);
    let counts: Vec<f64> = one.counts.iter().take(start + 15).copied().collect();
    let from = start.saturating_sub(BEFORE);
    let around = one.counts.get(start.saturating_sub(year)..start).unwrap_or(&[]);
    let n = around.len() as f64;
    let mean = around.iter().sum::<f64>() / n;
    let spread = (around.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let mut trial = Trial { ill: vec![false; counts.len()], start: counts.len(), counts, from };
    if outbreak {
        inject(&mut trial, Outbreak { start, size: args.size }, spread, seed(args.seed, number));
    }
    trial
}

/// The series of a folder, each once: complete, with a year to judge and three before it (one for daily series).
fn real(folder: &Path) -> Result<Vec<Real>, Vec<Problem>> {
    let file = folder.display().to_string();
    let unreadable =
        |error: std::io::Error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &error)])];
    let mut folders: Vec<_> =
        std::fs::read_dir(folder).map_err(unreadable)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    folders.sort();
    let mut found: Vec<Real> = Vec::new();
    for case in folders {
        let (input, meta) = (case.join("input.csv"), case.join("meta.json"));
        if !input.exists() || !meta.exists() {
            continue;
        }
        let (settings, _) = super::super::params::read(Some(&meta))?;
        let frequency = settings.frequency;
        let grid = Grid::read(&input, Cell::Count)?;
        let years = if frequency == 365 { 2 } else { YEARS + 1 };
        for (unit, counts) in grid.units.iter().zip(grid.columns) {
            let long = counts.len() + 2 >= years * frequency && !counts.iter().any(|y| y.is_nan());
            let known = found.iter().any(|one| one.counts == counts);
            let cases = counts.iter().sum::<f64>() > 0.1 * counts.len() as f64;
            if long && !known && cases {
                let case = case.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
                found.push(Real { name: format!("{case}/{unit}"), frequency, counts });
            }
        }
    }
    Ok(found)
}
