//! Log likelihood of a pattern at every node: a common base plus what each response other than 0 adds.
//!
//! For models linear in θ the addition is kaθ + d_k, so a pattern needs two sums instead of one row per item; the others and
//! missing responses add a tabulated row.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: rows and nodes are sized together in `Layout::new`")]

use super::model::{Item, Model};
use super::responses::{MISSING, PIECE, Responses};
use rayon::prelude::*;

/// Posterior mass below e^−38 of the largest is less than rounding and is dropped.
const WINDOW: f64 = 38.0;

/// Which rows exist and which of them each pattern uses; fixed during a fit.
pub(super) struct Layout {
    /// (item, category or [`MISSING`]) of each row; the linear ones first.
    pub rows: Vec<(usize, u8)>,
    /// Number of linear rows.
    pub linear: usize,
    /// Row of (item, category); `None` for category 0 and for unused codes.
    row_of: Vec<Vec<Option<u32>>>,
    missing_of: Vec<Option<u32>>,
    entries: Vec<u32>,
    starts: Vec<usize>,
}

impl Layout {
    pub fn new(responses: &Responses, models: &[Model]) -> Self {
        let categories = |item: usize| (1..responses.categories[item] as u8).map(move |category| (item, category));
        let mut rows: Vec<(usize, u8)> =
            (0..models.len()).filter(|item| models[*item].linear()).flat_map(categories).collect();
        let linear = rows.len();
        rows.extend((0..models.len()).filter(|item| !models[*item].linear()).flat_map(categories));
        let gaps =
            |item: usize| responses.patterns.iter().skip(item).step_by(models.len()).any(|code| *code == MISSING);
        let missing: Vec<bool> = (0..models.len()).into_par_iter().map(gaps).collect();
        rows.extend(missing.iter().enumerate().filter(|(_, flag)| **flag).map(|(item, _)| (item, MISSING)));
        let mut row_of: Vec<Vec<Option<u32>>> = responses.categories.iter().map(|count| vec![None; *count]).collect();
        let mut missing_of = vec![None; models.len()];
        for (row, (item, code)) in (0_u32..).zip(&rows) {
            if *code == MISSING { missing_of[*item] = Some(row) } else { row_of[*item][usize::from(*code)] = Some(row) }
        }
        let mut layout = Self { rows, linear, row_of, missing_of, entries: Vec::new(), starts: vec![0] };
        layout.add_patterns(responses);
        layout
    }

    fn add_patterns(&mut self, responses: &Responses) {
        let piece = |patterns: &[u8]| {
            let (mut entries, mut lengths) = (Vec::with_capacity(patterns.len()), Vec::new());
            for pattern in patterns.chunks_exact(responses.items()) {
                let start = entries.len();
                for (item, code) in pattern.iter().enumerate() {
                    let missing = *code == MISSING;
                    entries.extend(if missing { self.missing_of[item] } else { self.row_of[item][usize::from(*code)] });
                }
                entries[start..].sort_unstable();
                lengths.push(entries.len() - start);
            }
            (entries, lengths)
        };
        let pieces: Vec<(Vec<u32>, Vec<usize>)> =
            responses.patterns.par_chunks(responses.items() * PIECE).map(piece).collect();
        self.entries.reserve(pieces.iter().map(|(entries, _)| entries.len()).sum());
        self.starts.reserve(responses.weights.len());
        for (entries, lengths) in pieces {
            let mut end = self.entries.len();
            self.entries.extend(entries);
            self.starts.extend(lengths.into_iter().map(|length| {
                end += length;
                end
            }));
        }
    }

    /// Rows that a pattern uses, ascending.
    pub fn entries(&self, pattern: usize) -> &[u32] {
        &self.entries[self.starts[pattern]..self.starts[pattern + 1]]
    }

    /// Row of a response; `None` for category 0.
    pub fn row(&self, item: usize, category: usize) -> Option<usize> {
        self.row_of[item][category].map(|row| row as usize)
    }

    /// Row that counts the missing responses of an item.
    pub fn missing_row(&self, item: usize) -> Option<usize> {
        self.missing_of[item].map(|row| row as usize)
    }
}

/// What the rows add under given parameters.
pub(super) struct Tables<'a> {
    layout: &'a Layout,
    points: &'a [f64],
    base: Vec<f64>,
    slopes: Vec<f64>,
    intercepts: Vec<f64>,
    deltas: Vec<f64>,
}

/// Posterior of one pattern: `values[low..high]` sum to one, the rest is zero.
pub(super) struct Posterior {
    pub values: Vec<f64>,
    pub low: usize,
    pub high: usize,
    pub log_likelihood: f64,
}

impl<'a> Tables<'a> {
    pub fn new(layout: &'a Layout, items: &[Item], points: &'a [f64], log_weights: &[f64]) -> Self {
        let nodes = points.len();
        let logs: Vec<Vec<f64>> = items
            .par_iter()
            .map(|item| {
                let mut out = vec![0.0; item.categories * nodes];
                for (theta, chunk) in points.iter().zip(out.chunks_exact_mut(item.categories)) {
                    item.log_probabilities(*theta, chunk);
                }
                out
            })
            .collect();
        let mut base = log_weights.to_vec();
        for (item, logs) in items.iter().zip(&logs) {
            base.iter_mut().zip(logs.chunks_exact(item.categories)).for_each(|(base, chunk)| *base += chunk[0]);
        }
        let linear = &layout.rows[..layout.linear];
        let slopes = linear.iter().map(|(item, category)| items[*item].slope() * f64::from(*category)).collect();
        let intercepts =
            linear.iter().map(|(item, category)| items[*item].intercepts()[usize::from(*category) - 1]).collect();
        let mut deltas = Vec::with_capacity((layout.rows.len() - layout.linear) * nodes);
        for (item, code) in &layout.rows[layout.linear..] {
            for chunk in logs[*item].chunks_exact(items[*item].categories) {
                deltas.push(if *code == MISSING { 0.0 } else { chunk[usize::from(*code)] } - chunk[0]);
            }
        }
        Self { layout, points, base, slopes, intercepts, deltas }
    }

    pub fn buffer(&self) -> Posterior {
        Posterior { values: vec![0.0; self.points.len()], low: 0, high: 0, log_likelihood: 0.0 }
    }

    /// Posterior over the nodes of one pattern.
    pub fn posterior(&self, pattern: usize, out: &mut Posterior) {
        let entries = self.layout.entries(pattern);
        let split = entries.partition_point(|row| (*row as usize) < self.layout.linear);
        let (linear, tabulated) = entries.split_at(split);
        let (mut slope, mut intercept) = (0.0, 0.0);
        for row in linear {
            slope += self.slopes[*row as usize];
            intercept += self.intercepts[*row as usize];
        }
        let nodes = self.points.len();
        for ((value, base), point) in out.values.iter_mut().zip(&self.base).zip(self.points) {
            *value = base + slope * point;
        }
        for row in tabulated {
            let start = (*row as usize - self.layout.linear) * nodes;
            let delta = &self.deltas[start..start + nodes];
            out.values.iter_mut().zip(delta).for_each(|(value, delta)| *value += delta);
        }
        normalise(out);
        out.log_likelihood += intercept;
    }
}

fn normalise(out: &mut Posterior) {
    let largest = out.values.iter().copied().fold(f64::NEG_INFINITY, |a, b| if b > a { b } else { a });
    let threshold = largest - WINDOW;
    let low = out.values.iter().position(|value| *value > threshold).unwrap_or(0);
    let high = out.values.iter().rposition(|value| *value > threshold).map_or(out.values.len(), |last| last + 1);
    out.values[..low].fill(0.0);
    out.values[high..].fill(0.0);
    let window = &mut out.values[low..high];
    for value in window.iter_mut() {
        *value = exponential(*value - largest);
    }
    let sum: f64 = window.iter().sum();
    let inverse = 1.0 / sum;
    window.iter_mut().for_each(|value| *value *= inverse);
    (out.low, out.high) = (low, high);
    out.log_likelihood = largest + sum.ln();
}

/// e^x for −700 < x ≤ 0 to about 1 ulp, in plain arithmetic so that the compiler can work on several nodes at once.
///
/// x = n ln 2 + r with |r| ≤ ln 2 / 2; the Taylor series of e^r to degree 13 leaves 4e-18.
fn exponential(x: f64) -> f64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = if x > -700.0 { x } else { -700.0 };
    let shifted = x * std::f64::consts::LOG2_E + SHIFT;
    let n = shifted - SHIFT;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut sum = 1.0 / 6_227_020_800.0;
    for term in [
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ] {
        sum = sum * r + term;
    }
    sum * f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()))
}

#[cfg(test)]
mod tests {
    //! The exponential against the library's.

    use super::exponential;

    #[test]
    fn the_exponential_agrees_with_the_library_to_two_units() {
        for step in 0..400_000 {
            let x = -f64::from(step) * 1e-4;
            assert!((exponential(x) / x.exp() - 1.0).abs() < 5e-16, "{x}");
        }
    }

    #[test]
    fn a_non_finite_exponent_does_not_trap() {
        assert!(exponential(f64::NEG_INFINITY) < 1e-300);
        assert!(exponential(f64::NAN) < 1e-300);
    }
}
