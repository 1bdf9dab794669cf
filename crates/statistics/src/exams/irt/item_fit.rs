//! S-X² of each item (Orlando & Thissen 2000; Kang & Chen 2008 for more than two categories).
#![expect(clippy::indexing_slicing, reason = "numeric kernel: score tables are sized from the full mark at entry")]

use super::fit::Fit;
use super::model::Item;
use super::nodes::Nodes;
use super::responses::{MISSING, Responses};
use crate::exams::standard::chi_square_upper;
use rayon::prelude::*;

/// Least expected frequency of a cell.
const LEAST: f64 = 1.0;

/// Fit of one item; `p` is `None` without degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemFit {
    /// S-X².
    pub statistic: f64,
    /// Cells left after collapsing, less rows, less the item's free parameters.
    pub degrees: i64,
    /// √(max(S-X² − df, 0) / (df (n − 1))).
    pub rmsea: Option<f64>,
    /// Upper tail of χ².
    pub p: Option<f64>,
    /// Pupils with all items answered, on whom it rests.
    pub pupils: usize,
}

/// One score group: observed and expected frequencies by category.
#[derive(Clone)]
struct Row {
    observed: Vec<f64>,
    expected: Vec<f64>,
}

/// S-X² of every item, over the pupils who answered all of them; `None` when nobody did.
#[must_use]
pub fn item_fit(responses: &Responses, fit: &Fit, nodes: &Nodes) -> Option<Vec<ItemFit>> {
    let full: usize = fit.items.iter().map(|item| item.categories - 1).sum();
    let observed = observed_counts(responses, full);
    let pupils: f64 = observed.totals.iter().sum();
    if pupils < 1.0 {
        return None;
    }
    let weights = nodes.log_weights(0.0, fit.variance);
    let curves: Vec<Vec<Vec<f64>>> = fit.items.iter().map(|item| probabilities(item, nodes)).collect();
    let all = score_distribution(&curves, None, full);
    let average = |at_nodes: &dyn Fn(usize) -> f64| -> f64 {
        weights.iter().enumerate().map(|(node, weight)| weight.exp() * at_nodes(node)).sum()
    };
    let denominators: Vec<f64> = (0..=full).map(|score| average(&|node| all[node][score])).collect();
    let results = (0..fit.items.len()).into_par_iter().map(|index| {
        let item = &fit.items[index];
        let rest = score_distribution(&curves, Some(index), full);
        let mut rows = Vec::new();
        for score in 1..full {
            let n = observed.totals[score];
            let possible = |category: usize| category <= score && score - category <= full - (item.categories - 1);
            let expected = |category: usize| {
                let joint = |node: usize| curves[index][node][category] * rest[node][score - category];
                n * average(&joint) / denominators[score]
            };
            rows.push(Row {
                observed: observed.by_item[index][score].clone(),
                expected: (0..item.categories)
                    .map(|category| if possible(category) { expected(category) } else { 0.0 })
                    .collect(),
            });
        }
        statistic(rows, item, pupils)
    });
    Some(results.collect())
}

struct Observed {
    totals: Vec<f64>,
    by_item: Vec<Vec<Vec<f64>>>,
}

fn observed_counts(responses: &Responses, full: usize) -> Observed {
    let mut totals = vec![0.0; full + 1];
    let mut by_item: Vec<Vec<Vec<f64>>> =
        responses.categories.iter().map(|count| vec![vec![0.0; *count]; full + 1]).collect();
    for (pattern, weight) in responses.rows().zip(&responses.weights) {
        if pattern.contains(&MISSING) {
            continue;
        }
        let score: usize = pattern.iter().map(|code| usize::from(*code)).sum();
        totals[score] += weight;
        for (item, code) in by_item.iter_mut().zip(pattern) {
            item[score][usize::from(*code)] += weight;
        }
    }
    Observed { totals, by_item }
}

fn probabilities(item: &Item, nodes: &Nodes) -> Vec<Vec<f64>> {
    let at = |theta: &f64| {
        let mut logs = vec![0.0; item.categories];
        item.log_probabilities(*theta, &mut logs);
        logs.iter().map(|log| log.exp()).collect()
    };
    nodes.points.iter().map(at).collect()
}

/// Lord & Wingersky 1984: the distribution of the total at each node, one item left out if asked.
fn score_distribution(curves: &[Vec<Vec<f64>>], without: Option<usize>, full: usize) -> Vec<Vec<f64>> {
    let nodes = curves.first().map_or(0, Vec::len);
    let one = |node: usize| {
        let mut scores = vec![0.0; full + 1];
        scores[0] = 1.0;
        let mut reach = 0;
        for (_, curve) in curves.iter().enumerate().filter(|(index, _)| Some(*index) != without) {
            let steps = &curve[node];
            let mut next = vec![0.0; full + 1];
            for (score, p) in scores.iter().enumerate().take(reach + 1) {
                for (category, step) in steps.iter().enumerate() {
                    next[score + category] += p * step;
                }
            }
            reach += steps.len() - 1;
            scores = next;
        }
        scores
    };
    (0..nodes).map(one).collect()
}

fn statistic(rows: Vec<Row>, item: &Item, pupils: f64) -> ItemFit {
    let rows = collapse(rows);
    let mut sum = 0.0;
    let mut cells = 0_i64;
    for row in &rows {
        let present = row.expected.iter().zip(&row.observed).filter(|(expected, _)| **expected > 0.0);
        for (expected, observed) in present {
            sum += (observed - expected).powi(2) / expected;
            cells += 1;
        }
        cells -= 1;
    }
    let degrees = cells - item.parameters.len() as i64;
    let df = degrees as f64;
    let sound = degrees > 0;
    ItemFit {
        statistic: sum,
        degrees,
        rmsea: sound.then(|| ((sum - df).max(0.0) / (df * (pupils - 1.0))).sqrt()),
        p: chi_square_upper(sum, df),
        pupils: pupils as usize,
    }
}

/// Merges extreme groups that cannot hold every category, then sparse categories, then sparse groups.
fn collapse(mut rows: Vec<Row>) -> Vec<Row> {
    rows.retain(|row| row.observed.iter().sum::<f64>() > 0.0);
    let whole = |row: &Row| row.expected.iter().all(|expected| *expected > 0.0);
    while rows.len() > 1 && !whole(&rows[0]) {
        merge(&mut rows, 0, 1);
    }
    while rows.len() > 1 && !whole(&rows[rows.len() - 1]) {
        let last = rows.len() - 1;
        merge(&mut rows, last, last - 1);
    }
    let categories = rows.first().map_or(0, |row| row.expected.len());
    if categories > 2 {
        rows.iter_mut().for_each(collapse_categories);
    }
    let sparse = |row: &Row| row.expected.iter().any(|expected| *expected > 0.0 && *expected < LEAST);
    while rows.len() > 1
        && let Some(index) = rows.iter().position(sparse)
    {
        let size = |index: usize| rows[index].observed.iter().sum::<f64>();
        let target = match index {
            0 => 1,
            index if index == rows.len() - 1 => index - 1,
            // The smaller neighbour, so that large groups stay apart.
            index if size(index - 1) <= size(index + 1) => index - 1,
            index => index + 1,
        };
        merge(&mut rows, index, target);
    }
    rows
}

fn merge(rows: &mut Vec<Row>, from: usize, into: usize) {
    let source = rows[from].clone();
    let target = &mut rows[into];
    target.observed.iter_mut().zip(&source.observed).for_each(|(sum, value)| *sum += value);
    target.expected.iter_mut().zip(&source.expected).for_each(|(sum, value)| *sum += value);
    rows.remove(from);
}

/// A category expected less than once joins the next one up, the last one the one below that is left.
fn collapse_categories(row: &mut Row) {
    let count = row.expected.len();
    let mut left: Option<usize> = None;
    for index in 0..count {
        let sparse = row.expected[index] < LEAST;
        let target = if index + 1 < count { Some(index + 1) } else { left };
        match target {
            Some(target) if sparse => {
                row.expected[target] += row.expected[index];
                row.observed[target] += row.observed[index];
                row.expected[index] = 0.0;
                row.observed[index] = 0.0;
            }
            _ => left = Some(index),
        }
    }
}
