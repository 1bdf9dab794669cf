//! D: mean of the top 27 % less mean of the bottom 27 % over the full mark, naive in row order and fair to ties.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: all indices come from the matrix's own dimensions")]

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

/// D of every item. `rows` are the counted rows of the matrix and `totals` their totals; full marks in points.
#[must_use]
pub fn discrimination(matrix: &ScoreMatrix, included: &[bool], totals: &[i64]) -> Vec<Discrimination> {
    let size = group_size(totals.len());
    let mut ascending: Vec<u32> = (0_u32..).take(totals.len()).collect();
    let mut descending = ascending.clone();
    ascending.par_sort_by_key(|row| totals[*row as usize]);
    descending.par_sort_by_key(|row| std::cmp::Reverse(totals[*row as usize]));
    let cut = |row: Option<&u32>| row.map(|row| totals[*row as usize]);
    let (low, high) = (&ascending[..size], &descending[..size]);
    let bottom = group(low, cut(low.last()), totals, included);
    let top = group(high, cut(high.last()), totals, included);
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

fn group(members: &[u32], cut: Option<i64>, totals: &[i64], included: &[bool]) -> Group {
    let mut taken_rows = vec![false; totals.len()];
    members.iter().for_each(|row| taken_rows[*row as usize] = true);
    let at_cut = totals.iter().filter(|total| Some(**total) == cut).count();
    let inside = members.iter().filter(|row| Some(totals[**row as usize]) != cut).count();
    let mask = |flag: bool| if flag { -1_i32 } else { 0 };
    let mut counted = totals.iter().zip(&taken_rows);
    let mut result = Group { inside: Vec::new(), taken: Vec::new(), boundary: Vec::new(), share: 0.0 };
    for included in included {
        let state = if *included { counted.next() } else { None };
        let (total, taken) = state.map_or((None, false), |(total, taken)| (Some(*total), *taken));
        result.inside.push(mask(taken && total != cut));
        result.taken.push(mask(taken && total.is_some() && total == cut));
        result.boundary.push(mask(total.is_some() && total == cut));
    }
    result.share = (members.len() - inside) as f64 / at_cut.max(1) as f64;
    result
}

impl Group {
    /// Sum of the item over the group: in row order, and with the boundary shared.
    fn sums(&self, column: &[i32]) -> (f64, f64) {
        let sum = |masks: &[i32]| -> i64 {
            let blocks = column.chunks(4096).zip(masks.chunks(4096));
            blocks
                .map(|(cells, masks)| {
                    let masked = cells.iter().zip(masks).map(|(cell, mask)| i64::from((*cell).max(0) & mask));
                    masked.sum::<i64>()
                })
                .sum()
        };
        let inside = sum(&self.inside) as f64;
        (inside + sum(&self.taken) as f64, inside + self.share * sum(&self.boundary) as f64)
    }
}
