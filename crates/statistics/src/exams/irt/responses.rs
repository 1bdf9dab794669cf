//! Responses as categories, constant items and gaps flagged, equal patterns collapsed.

use crate::exams::matrix::{BLANK, NOT_REACHED};
use crate::exams::{Error, ScoreMatrix};
use rayon::prelude::*;

/// Category code of a missing response.
pub const MISSING: u8 = u8::MAX;

/// Highest mark a response model accepts.
const HIGHEST: usize = 63;

/// What was found about an item before any model is fitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemFlag {
    /// Every pupil has the same mark (or none has one): the item is left out.
    Constant,
    /// Marks that nobody received; the categories are numbered without them.
    EmptyCategories(Vec<usize>),
    /// The same marks throughout as an earlier column: local independence fails.
    DuplicateOf(usize),
}

/// Collapsed response patterns over the usable items.
#[derive(Debug, Clone, PartialEq)]
pub struct Responses {
    /// Columns of the matrix that are used, ascending.
    pub columns: Vec<usize>,
    /// Flags with their column.
    pub flags: Vec<(usize, ItemFlag)>,
    /// Categories of each used item.
    pub categories: Vec<usize>,
    /// Marks that the categories of each used item stand for.
    pub marks: Vec<Vec<usize>>,
    /// Distinct patterns, row-major over used items; [`MISSING`] where unknown.
    pub patterns: Vec<u8>,
    /// Pupils with each pattern.
    pub weights: Vec<f64>,
    /// Pattern of each row; `None` without any response.
    pub pattern_of: Vec<Option<u32>>,
    /// Pupils with at least one response.
    pub pupils: usize,
}

impl Responses {
    /// Recodes the marks of each item to 0..m and collapses equal rows. Not presented, not reached and absent are missing;
    /// a blank is missing, or 0 when `blank_is_zero`.
    ///
    /// # Errors
    /// [`Error::NotCategory`], [`Error::TooFewItems`] under two usable items, [`Error::TooFewPupils`] under two pupils.
    pub fn new(matrix: &ScoreMatrix, blank_is_zero: bool) -> Result<Self, Error> {
        let coded = code_columns(matrix, blank_is_zero)?;
        let used: Vec<&Coded> = coded.iter().filter(|item| item.marks.len() > 1).collect();
        let mut flags = Vec::new();
        for item in &coded {
            if item.marks.len() < 2 {
                flags.push((item.column, ItemFlag::Constant));
                continue;
            }
            if !item.gaps.is_empty() {
                flags.push((item.column, ItemFlag::EmptyCategories(item.gaps.clone())));
            }
            let twin =
                used.iter().take_while(|other| other.column < item.column).find(|other| other.codes == item.codes);
            if let Some(twin) = twin {
                flags.push((item.column, ItemFlag::DuplicateOf(twin.column)));
            }
        }
        if used.len() < 2 {
            return Err(Error::TooFewItems { needed: 2, found: used.len() });
        }
        let collapsed = collapse(&used, matrix.pupils());
        if collapsed.pupils < 2 {
            return Err(Error::TooFewPupils { needed: 2, found: collapsed.pupils });
        }
        Ok(Self { flags, ..collapsed })
    }

    /// Number of used items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.columns.len()
    }

    /// The distinct patterns, one slice each.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.patterns.chunks_exact(self.items())
    }
}

struct Coded {
    column: usize,
    codes: Vec<u8>,
    marks: Vec<usize>,
    gaps: Vec<usize>,
}

fn code_columns(matrix: &ScoreMatrix, blank_is_zero: bool) -> Result<Vec<Coded>, Error> {
    let unit = matrix.scale() as i32;
    let code = |(column, cells): (usize, &Vec<i32>)| {
        let mut seen = [0_usize; HIGHEST + 1];
        let mut raw = Vec::with_capacity(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            let cell = if *cell == BLANK && blank_is_zero { 0 } else { *cell };
            if cell < 0 {
                debug_assert!(cell <= BLANK || cell <= NOT_REACHED);
                raw.push(MISSING);
                continue;
            }
            let value = f64::from(cell) / matrix.scale();
            let mark = usize::try_from(cell / unit).unwrap_or(usize::MAX);
            let count = seen.get_mut(mark).filter(|_| cell % unit == 0);
            *count.ok_or(Error::NotCategory { row, column, value })? += 1;
            raw.push(u8::try_from(mark).unwrap_or(MISSING));
        }
        let marks: Vec<usize> =
            seen.iter().enumerate().filter(|(_, count)| **count > 0).map(|(mark, _)| mark).collect();
        let range = marks.first().copied().unwrap_or(0)..=marks.last().copied().unwrap_or(0);
        let gaps = range.filter(|mark| !marks.contains(mark)).collect();
        let mut category = [MISSING; 256];
        for (index, mark) in (0_u8..).zip(&marks) {
            if let Some(slot) = category.get_mut(*mark) {
                *slot = index;
            }
        }
        let recode = |mark: u8| category.get(usize::from(mark)).copied().unwrap_or(MISSING);
        Ok(Coded { column, codes: raw.into_iter().map(recode).collect(), marks, gaps })
    };
    // Collected before the first error is picked, so that it is the same error whatever the number of threads.
    let coded: Vec<Result<Coded, Error>> = matrix.cells.par_iter().enumerate().map(code).collect();
    coded.into_iter().collect()
}

/// Rows per piece of work; fixed, so that sums do not depend on the number of threads.
pub(super) const PIECE: usize = 4096;

fn collapse(used: &[&Coded], rows: usize) -> Responses {
    let items = used.len();
    let mut all = vec![MISSING; rows * items];
    all.par_chunks_mut(PIECE * items).enumerate().for_each(|(piece, cells)| {
        for (item, coded) in used.iter().enumerate() {
            let codes = coded.codes.iter().skip(piece * PIECE);
            cells.iter_mut().skip(item).step_by(items).zip(codes).for_each(|(cell, code)| *cell = *code);
        }
    });
    let first = first_alike(&all, items);
    let (mut weights, mut firsts, mut pattern_of) = (Vec::<f64>::new(), Vec::new(), Vec::with_capacity(rows));
    let mut pupils = 0;
    for (row, first) in (0_u32..).zip(first) {
        let Some(first) = first else {
            pattern_of.push(None);
            continue;
        };
        pupils += 1;
        if first == row {
            pattern_of.push(u32::try_from(weights.len()).ok());
            weights.push(0.0);
            firsts.push(row);
        } else {
            pattern_of.push(pattern_of.get(first as usize).copied().flatten());
        }
        let pattern = pattern_of.last().copied().flatten();
        if let Some(weight) = pattern.and_then(|pattern| weights.get_mut(pattern as usize)) {
            *weight += 1.0;
        }
    }
    if firsts.len() < rows {
        for (pattern, row) in firsts.iter().enumerate() {
            let start = *row as usize * items;
            all.copy_within(start..start + items, pattern * items);
        }
        all.truncate(firsts.len() * items);
    }
    Responses {
        columns: used.iter().map(|item| item.column).collect(),
        flags: Vec::new(),
        categories: used.iter().map(|item| item.marks.len()).collect(),
        marks: used.iter().map(|item| item.marks.clone()).collect(),
        patterns: all,
        weights,
        pattern_of,
        pupils,
    }
}

/// For each row the first row with the same codes (itself, when there is none before); `None` without any response.
fn first_alike(all: &[u8], items: usize) -> Vec<Option<u32>> {
    let codes = |row: u32| all.get(row as usize * items..(row as usize + 1) * items).unwrap_or_default();
    let rows = u32::try_from(all.len() / items).unwrap_or(u32::MAX);
    let mut order: Vec<(u64, u32)> = (0..rows).into_par_iter().map(|row| (digest(codes(row)), row)).collect();
    order.par_sort_unstable_by(|(left, a), (right, b)| {
        left.cmp(right).then_with(|| codes(*a).cmp(codes(*b))).then_with(|| a.cmp(b))
    });
    let mut first = vec![None; rows as usize];
    for alike in order.chunk_by(|(left, a), (right, b)| left == right && codes(*a) == codes(*b)) {
        let Some((_, earliest)) = alike.first().filter(|(_, row)| codes(*row).iter().any(|code| *code != MISSING))
        else {
            continue;
        };
        for (_, row) in alike {
            if let Some(slot) = first.get_mut(*row as usize) {
                *slot = Some(*earliest);
            }
        }
    }
    first
}

/// A number by which equal codes come to lie side by side; unequal ones may share it.
fn digest(codes: &[u8]) -> u64 {
    codes.chunks(8).fold(0, |sum, part| {
        let word = part.iter().fold(0_u64, |word, code| word << 8 | u64::from(*code));
        (sum.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}
