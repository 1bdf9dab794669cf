//! D: mean of the top 27 % less mean of the bottom 27 % over the full mark, naive in row order and fair to ties.

use crate::exams::ScoreMatrix;
use rayon::prelude::*;

/// D of one item by both rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discrimination {
    /// Ties at the boundary taken in row order: depends on how the file is sorted; kept for comparison with other programs.
    pub row_order: f64,
    /// The pupils at the boundary share the remaining places equally.
    pub fair: f64,
}

/// Group size floor(0.27 n + 0.5).
#[must_use]
pub fn group_size(pupils: usize) -> usize {
    (0.27 * pupils as f64 + 0.5).floor() as usize
}

/// Weight class of a row in one group: outside, at the boundary (left or taken in row order), or inside.
struct Group {
    inside: Vec<i32>,
    taken: Vec<i32>,
    boundary: Vec<i32>,
    share: f64,
}

/// D of every item. `included` marks the counted rows of the matrix and `totals` holds their totals in the same order.
#[must_use]
pub fn discrimination(matrix: &ScoreMatrix, included: &[bool], totals: &[i64]) -> Vec<Discrimination> {
    let size = group_size(totals.len());
    if size == 0 {
        return vec![Discrimination { row_order: 0.0, fair: 0.0 }; matrix.items()];
    }
    let negated: Vec<i64> = totals.iter().map(|total| -total).collect();
    let (bottom, top) = rayon::join(|| group(size, totals, included), || group(size, &negated, included));
    matrix
        .cells
        .par_iter()
        .zip(&matrix.full)
        .map(|(column, full)| {
            let unit = size as f64 * full * matrix.scale();
            let (top, bottom) = (top.sums(column), bottom.sums(column));
            Discrimination { row_order: (top.0 - bottom.0) / unit, fair: (top.1 - bottom.1) / unit }
        })
        .collect()
}

/// The `size` lowest of `keys`, those at the boundary in row order.
fn group(size: usize, keys: &[i64], included: &[bool]) -> Group {
    let mut sorted = keys.to_vec();
    let cut = *sorted.select_nth_unstable(size - 1).1;
    let inside = keys.iter().filter(|key| **key < cut).count();
    let at_cut = keys.iter().filter(|key| **key == cut).count();
    let mut places = size - inside;
    let share = places as f64 / at_cut as f64;
    let mask = |flag: bool| if flag { -1_i32 } else { 0 };
    let mut counted = keys.iter();
    let rows = included.len();
    let (mut within, mut taken, mut boundary) =
        (Vec::with_capacity(rows), Vec::with_capacity(rows), Vec::with_capacity(rows));
    for included in included {
        let key = if *included { counted.next() } else { None };
        let stands = key == Some(&cut);
        let takes = stands && places > 0;
        places -= usize::from(takes);
        within.push(mask(key.is_some_and(|key| *key < cut)));
        taken.push(mask(takes));
        boundary.push(mask(stands));
    }
    Group { inside: within, taken, boundary, share }
}

impl Group {
    /// Sum of the item over the group: in row order, and with the boundary shared.
    fn sums(&self, column: &[i32]) -> (f64, f64) {
        let sum = |masks: &[i32]| masked_sum(column, masks) as f64;
        let inside = sum(&self.inside);
        (inside + sum(&self.taken), inside + self.share * sum(&self.boundary))
    }
}

fn masked_sum(column: &[i32], masks: &[i32]) -> i64 {
    // Sixteen bits at a time, so that blocks of 4,096 cells add up in 32 bits whatever the marks.
    let part = |cells: &[i32], masks: &[i32]| {
        let (mut low, mut high) = (0_i32, 0_i32);
        for (cell, mask) in cells.iter().zip(masks) {
            let value = (*cell).max(0) & mask;
            low += value & 0xffff;
            high += value >> 16;
        }
        i64::from(low) + (i64::from(high) << 16)
    };
    column.chunks(4096).zip(masks.chunks(4096)).map(|(cells, masks)| part(cells, masks)).sum()
}
