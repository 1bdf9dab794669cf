//! The table itself: one row per item and one for the paper.

use super::crossproduct::{Moments, moments};
use super::discrimination::{Discrimination, discrimination, group_size};
use super::reliability::{feldt_interval, guttman_lambda2, spearman_brown};
use crate::exams::matrix::{BLANK, NOT_REACHED, any_code};
use crate::exams::standard::central_moments;
use crate::exams::{Error, ScoreMatrix};
use rayon::prelude::*;

/// One item; `None` where the figure does not exist (a constant item has no correlation).
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Full mark in points.
    pub max: f64,
    /// Mean in points.
    pub mean: f64,
    /// SD with n − 1.
    pub sd: f64,
    /// Difficulty P = mean ÷ full mark.
    pub difficulty: Option<f64>,
    /// Discrimination by the top and bottom 27 %.
    pub discrimination: Option<Discrimination>,
    /// r(item, total).
    pub item_total: Option<f64>,
    /// r(item, total − item).
    pub item_rest: Option<f64>,
    /// α of the paper without this item.
    pub alpha_if_deleted: Option<f64>,
    /// Blank cells among the counted pupils.
    pub blank: usize,
    /// Not-reached cells among the counted pupils.
    pub not_reached: usize,
    /// P over the pupils who reached the item.
    pub difficulty_reached: Option<f64>,
    /// Column with the same marks throughout, if an earlier one exists.
    pub duplicate_of: Option<usize>,
}

/// The paper; α and what follows from it need two items and some variance.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Pupils counted.
    pub n: usize,
    /// Rows left out: absent from the paper or not shown every item.
    pub left_out: usize,
    /// Items.
    pub k: usize,
    /// Full mark.
    pub max_total: f64,
    /// Mean total.
    pub mean: f64,
    /// SD with n − 1.
    pub sd_sample: f64,
    /// SD with n.
    pub sd_population: f64,
    /// Median total.
    pub median: f64,
    /// Least total.
    pub min: f64,
    /// Greatest total.
    pub max: f64,
    /// g₁ = m₃ / m₂^1.5.
    pub skewness: Option<f64>,
    /// g₂ = m₄ / m₂² − 3.
    pub kurtosis: Option<f64>,
    /// Cronbach's α.
    pub alpha: Option<f64>,
    /// Feldt 95 % interval of α.
    pub alpha_interval: Option<(f64, f64)>,
    /// Guttman's λ₂.
    pub lambda2: Option<f64>,
    /// r of odd and even items.
    pub split_half: Option<f64>,
    /// The same, stepped up to full length.
    pub split_half_stepped: Option<f64>,
    /// Standard error of measurement, SD √(1 − α).
    pub sem: Option<f64>,
    /// α of standardised items.
    pub alpha_standardized: Option<f64>,
    /// Mean ÷ full mark.
    pub mean_difficulty: Option<f64>,
    /// Size of the 27 % groups.
    pub group_size: usize,
}

/// Both parts, and the totals they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Classical {
    /// One row per item.
    pub items: Vec<Item>,
    /// The paper.
    pub paper: Paper,
    /// Totals in points of the counted pupils, in row order.
    pub totals: Vec<f64>,
}

/// The classical table of the pupils who sat the paper and were shown every item; blank and not reached count 0.
///
/// # Errors
/// [`Error::TooFewItems`] without an item, [`Error::TooFewPupils`] with fewer than two counted pupils.
pub fn classical(matrix: &ScoreMatrix) -> Result<Classical, Error> {
    if matrix.items() == 0 {
        return Err(Error::TooFewItems { needed: 1, found: 0 });
    }
    let included = matrix.complete_rows();
    let sums = moments(matrix, &included);
    if sums.count < 2 {
        return Err(Error::TooFewPupils { needed: 2, found: sums.count });
    }
    let covariance = Covariance::new(&sums, matrix.scale());
    let left_out = matrix.pupils() - sums.count;
    let rows = || item_rows(matrix, &included, &covariance, &discrimination(matrix, &included, &sums.totals));
    let (items, paper) = rayon::join(rows, || Paper { left_out, ..paper(matrix, &covariance, &sums) });
    let totals = sums.totals.iter().map(|total| *total as f64 / matrix.scale()).collect();
    Ok(Classical { items, paper, totals })
}

struct Covariance {
    n: usize,
    means: Vec<f64>,
    matrix: Vec<Vec<f64>>,
    with_total: Vec<f64>,
    total: f64,
}

impl Covariance {
    fn new(sums: &Moments, scale: f64) -> Self {
        let n = sums.count as i128;
        // n Σxy − Σx Σy is exact in integers: no cancellation however large the marks.
        let centred = |product: i128, x: i64, y: i64| {
            (n * product - i128::from(x) * i128::from(y)) as f64 / (n * (n - 1)) as f64 / scale / scale
        };
        let rows = sums.products.iter().zip(&sums.sums);
        let matrix: Vec<Vec<f64>> = rows
            .map(|(row, x)| row.iter().zip(&sums.sums).map(|(product, y)| centred(*product, *x, *y)).collect())
            .collect();
        let all: i64 = sums.sums.iter().sum();
        let with_total: Vec<f64> =
            sums.products.iter().zip(&sums.sums).map(|(row, x)| centred(row.iter().sum(), *x, all)).collect();
        let total = centred(sums.products.iter().flatten().sum(), all, all);
        let means = sums.sums.iter().map(|sum| *sum as f64 / n as f64 / scale).collect();
        Self { n: sums.count, means, matrix, with_total, total }
    }

    fn variance(&self, item: usize) -> f64 {
        self.matrix.get(item).and_then(|row| row.get(item)).copied().unwrap_or(0.0)
    }

    fn trace(&self) -> f64 {
        (0..self.matrix.len()).map(|item| self.variance(item)).sum()
    }
}

fn positive(value: f64) -> Option<f64> {
    (value > 0.0).then_some(value)
}

fn alpha(items: usize, trace: f64, total: f64) -> Option<f64> {
    let items = items as f64;
    (items > 1.0 && total > 0.0).then(|| items / (items - 1.0) * (1.0 - trace / total))
}

fn item_rows(matrix: &ScoreMatrix, included: &[bool], covariance: &Covariance, groups: &[Discrimination]) -> Vec<Item> {
    let trace = covariance.trace();
    let k = matrix.items();
    let columns = matrix.cells.par_iter().zip(&matrix.full).zip(groups).enumerate();
    columns
        .map(|(item, ((column, full), group))| {
            let variance = covariance.variance(item);
            let with_total = covariance.with_total.get(item).copied().unwrap_or(0.0);
            let rest = covariance.total - 2.0 * with_total + variance;
            let mean = covariance.means.get(item).copied().unwrap_or(0.0);
            let codes = any_code(column);
            let count = |code: i32| {
                let cells = column.iter().zip(included);
                if codes { cells.filter(|(cell, included)| **cell == code && **included).count() } else { 0 }
            };
            let (blank, not_reached) = (count(BLANK), count(NOT_REACHED));
            let reached = (covariance.n - not_reached) as f64;
            let full_mark = positive(*full);
            Item {
                max: *full,
                mean,
                sd: variance.max(0.0).sqrt(),
                difficulty: full_mark.map(|full| mean / full),
                discrimination: full_mark.and((group_size(covariance.n) > 0).then_some(*group)),
                item_total: positive(variance * covariance.total).map(|square| with_total / square.sqrt()),
                item_rest: positive(variance * rest).map(|square| (with_total - variance) / square.sqrt()),
                alpha_if_deleted: if k > 2 { alpha(k - 1, trace - variance, rest) } else { None },
                blank,
                not_reached,
                difficulty_reached: full_mark
                    .filter(|_| reached > 0.0)
                    .map(|full| mean * covariance.n as f64 / reached / full),
                duplicate_of: matrix.cells.iter().take(item).position(|earlier| earlier == column),
            }
        })
        .collect()
}

fn paper(matrix: &ScoreMatrix, covariance: &Covariance, sums: &Moments) -> Paper {
    let (n, k) = (sums.count, matrix.items());
    let scale = matrix.scale();
    let alpha = alpha(k, covariance.trace(), covariance.total);
    let moments = central_moments(&sums.totals);
    let mut sorted = sums.totals.clone();
    let middle = n / 2;
    let (lower, upper, _) = sorted.select_nth_unstable(middle);
    let upper = *upper;
    let below = if n.is_multiple_of(2) { lower.iter().copied().max().unwrap_or(upper) } else { upper };
    let max_total: f64 = matrix.full.iter().sum();
    let mean = sums.totals.iter().sum::<i64>() as f64 / n as f64 / scale;
    let sd = covariance.total.max(0.0).sqrt();
    let split = split_half(&covariance.matrix);
    Paper {
        n,
        left_out: 0,
        k,
        max_total,
        mean,
        sd_sample: sd,
        sd_population: (covariance.total.max(0.0) * (n as f64 - 1.0) / n as f64).sqrt(),
        median: (below + upper) as f64 / 2.0 / scale,
        min: sums.totals.iter().min().map_or(0.0, |total| *total as f64 / scale),
        max: sums.totals.iter().max().map_or(0.0, |total| *total as f64 / scale),
        skewness: moments.skewness,
        kurtosis: moments.kurtosis,
        alpha,
        alpha_interval: alpha.and_then(|alpha| feldt_interval(alpha, n, k, 0.95)),
        lambda2: alpha.map(|_| guttman_lambda2(&covariance.matrix)),
        split_half: split,
        split_half_stepped: split.map(spearman_brown),
        sem: alpha.map(|alpha| sd * (1.0 - alpha).max(0.0).sqrt()),
        alpha_standardized: alpha_standardized(&covariance.matrix),
        mean_difficulty: positive(max_total).map(|full| mean / full),
        group_size: group_size(n),
    }
}

fn split_half(covariance: &[Vec<f64>]) -> Option<f64> {
    let mut blocks = [0.0; 3];
    for (a, row) in covariance.iter().enumerate() {
        for (b, value) in row.iter().enumerate() {
            if let Some(block) = blocks.get_mut(a % 2 + b % 2) {
                *block += value;
            }
        }
    }
    let [odd, both, even] = blocks;
    positive(odd * even).map(|square| both / 2.0 / square.sqrt())
}

fn alpha_standardized(covariance: &[Vec<f64>]) -> Option<f64> {
    let items = covariance.len() as f64;
    let deviations: Vec<f64> =
        covariance.iter().enumerate().filter_map(|(item, row)| row.get(item).map(|value| value.sqrt())).collect();
    if items < 2.0 || deviations.iter().any(|sd| *sd <= 0.0) {
        return None;
    }
    let correlations: f64 = covariance
        .iter()
        .zip(&deviations)
        .map(|(row, sd)| row.iter().zip(&deviations).map(|(value, other)| value / sd / other).sum::<f64>())
        .sum();
    let mean = (correlations - items) / (items * (items - 1.0));
    Some(items * mean / (1.0 + (items - 1.0) * mean))
}
