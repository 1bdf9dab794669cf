//! Sums and cross-products of the marks, exact in integers, block by block.
#![expect(clippy::indexing_slicing, reason = "numeric kernel: all indices come from the matrix's own dimensions")]

use crate::exams::ScoreMatrix;
use rayon::prelude::*;

const BLOCK: usize = 1024;

/// Sums over complete rows, in scaled units (points × 10^decimals).
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Rows counted.
    pub count: usize,
    /// Σx, k.
    pub sums: Vec<i64>,
    /// Σxy, k × k, symmetric.
    pub products: Vec<Vec<i128>>,
    /// Total of each counted row, in row order.
    pub totals: Vec<i64>,
}

/// One pass over the rows for which `included` holds; blank and not reached count 0.
#[must_use]
pub fn moments(matrix: &ScoreMatrix, included: &[bool]) -> Moments {
    let rows: Option<Vec<u32>> = included
        .iter()
        .any(|row| !row)
        .then(|| (0_u32..).zip(included).filter(|(_, included)| **included).map(|(row, _)| row).collect());
    let count = rows.as_ref().map_or(matrix.pupils(), Vec::len);
    let largest = matrix.cells.par_iter().map(|column| largest(column)).max().unwrap_or(0);
    let starts: Vec<usize> = (0..count).step_by(BLOCK).collect();
    let narrow = i64::from(largest) * i64::from(largest) * BLOCK as i64 <= i64::from(i32::MAX) && largest < 1 << 15;
    let parts: Vec<Part> = starts
        .par_chunks(4)
        .map(|chunk| {
            let mut part = Part::new(matrix.items());
            for start in chunk {
                let block = Block { matrix, rows: rows.as_deref(), start: *start, end: count.min(start + BLOCK) };
                if narrow { block.add_narrow(&mut part) } else { block.add_wide(&mut part) }
            }
            part
        })
        .collect();
    collect(parts, matrix.items(), count)
}

/// The largest cell of a column, at least 0: a fold without exits, which the compiler turns into vector instructions.
fn largest(column: &[i32]) -> i32 {
    column.iter().fold(0, |largest, cell| largest.max(*cell))
}

fn collect(parts: Vec<Part>, items: usize, count: usize) -> Moments {
    let mut sums = vec![0_i64; items];
    let mut products = vec![vec![0_i128; items]; items];
    let mut totals = Vec::with_capacity(count);
    for part in parts {
        sums.iter_mut().zip(&part.sums).for_each(|(sum, value)| *sum += value);
        let mut values = part.products.iter();
        for (a, row) in products.iter_mut().enumerate() {
            row.iter_mut().skip(a).zip(&mut values).for_each(|(sum, value)| *sum += value);
        }
        totals.extend(part.totals);
    }
    for a in 1..items {
        let (upper, lower) = products.split_at_mut(a);
        lower[0].iter_mut().zip(upper).for_each(|(target, row)| *target = row[a]);
    }
    Moments { count, sums, products, totals }
}

struct Part {
    sums: Vec<i64>,
    products: Vec<i128>,
    totals: Vec<i64>,
}

impl Part {
    fn new(items: usize) -> Self {
        Self { sums: vec![0; items], products: vec![0; items * (items + 1) / 2], totals: Vec::new() }
    }
}

struct Block<'a> {
    matrix: &'a ScoreMatrix,
    rows: Option<&'a [u32]>,
    start: usize,
    end: usize,
}

impl Block<'_> {
    fn fill<T>(&self, column: &[i32], buffer: &mut [T], convert: impl Fn(i32) -> T) {
        match self.rows {
            None => {
                for (target, cell) in buffer.iter_mut().zip(&column[self.start..self.end]) {
                    *target = convert((*cell).max(0));
                }
            }
            Some(rows) => {
                for (target, row) in buffer.iter_mut().zip(&rows[self.start..self.end]) {
                    *target = convert(column[*row as usize].max(0));
                }
            }
        }
    }

    fn add_narrow(&self, part: &mut Part) {
        let items = self.matrix.items();
        let mut buffer = vec![[0_i16; BLOCK]; items];
        let mut totals = vec![0_i32; self.end - self.start];
        for ((column, target), sum) in self.matrix.cells.iter().zip(&mut buffer).zip(&mut part.sums) {
            self.fill(column, target, |cell| cell as i16);
            for (total, cell) in totals.iter_mut().zip(target.iter()) {
                *total += i32::from(*cell);
            }
            *sum += target.iter().map(|cell| i64::from(*cell)).sum::<i64>();
        }
        let mut products = part.products.iter_mut();
        for a in 0..items {
            for (b, product) in (a..items).zip(&mut products) {
                *product += i128::from(dot(&buffer[a], &buffer[b]));
            }
        }
        part.totals.extend(totals.into_iter().map(i64::from));
    }

    fn add_wide(&self, part: &mut Part) {
        let items = self.matrix.items();
        let mut buffer = vec![[0_i64; BLOCK]; items];
        let mut totals = vec![0_i64; self.end - self.start];
        for ((column, target), sum) in self.matrix.cells.iter().zip(&mut buffer).zip(&mut part.sums) {
            self.fill(column, target, i64::from);
            totals.iter_mut().zip(target.iter()).for_each(|(total, cell)| *total += cell);
            *sum += target.iter().sum::<i64>();
        }
        let mut products = part.products.iter_mut();
        for a in 0..items {
            for (b, product) in (a..items).zip(&mut products) {
                *product +=
                    buffer[a].iter().zip(&buffer[b]).map(|(x, y)| i128::from(*x) * i128::from(*y)).sum::<i128>();
            }
        }
        part.totals.extend(totals);
    }
}

fn dot(left: &[i16; BLOCK], right: &[i16; BLOCK]) -> i32 {
    left.iter().zip(right).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}
